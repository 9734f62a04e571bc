import { translate } from '../../../text/use-text.ts';
import type { LicenceCommand } from './licence-command.ts';

/** What a command did, in a sentence. */
export function doneText(command: LicenceCommand): string {
  const product = command.product.name;
  if (command.kind === 'move') {
    return translate('team.done.moved', { product, name: command.from.name, to: command.to.name });
  }
  if (command.kind === 'give') {
    const { name, isInvited } = command.to;
    return translate(isInvited ? 'team.done.reserved' : 'team.done.given', { product, name });
  }
  const { name, isInvited } = command.from;
  return translate(isInvited ? 'team.done.withdrawn' : 'team.done.taken', { product, name });
}
