import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { LicenceChange } from '../../../../contract/licence.ts';
import type { Member } from '../../../../contract/team.ts';
import { announce } from '../../../components/announcer.tsx';
import { offerUndo } from '../../../components/undo.tsx';
import { translate } from '../../../text/use-text.ts';
import type { ManyResult } from './give-many.ts';
import { doForMany } from './give-many.ts';
import type { Holdings } from './holding.ts';
import { cellKey } from './holding.ts';
import type { LicenceCommand } from './licence-command.ts';
import { opposite, rowOf } from './licence-command.ts';
import type { ProductColumn } from './table-actions.ts';
import { takerOf } from './taker.ts';
import type { LicenceCommands } from './use-licence-commands.ts';

export type BulkKind = 'give' | 'take';

export interface BulkProgress {
  readonly done: number;
  readonly total: number;
}

interface Done {
  readonly command: LicenceCommand;
  readonly change: LicenceChange;
}

/** Gives a product to many people, or takes it from them, with progress, one message at the end and one way back. */
export function useBulk({ run }: LicenceCommands, keep: (memberId: string) => void) {
  const [progress, setProgress] = useState<BulkProgress>();

  const start = async (kind: BulkKind, product: ProductColumn, members: readonly Member[], holdings: Holdings) => {
    const commands = commandsFor(kind, product, members, holdings);
    if (commands.length === 0) {
      const textId = kind === 'give' ? 'team.bulk.allHave' : 'team.bulk.noneHas';
      say(translate(textId, { product: product.name }));
      return;
    }
    setProgress({ done: 0, total: commands.length });
    for (const command of commands) keep(rowOf(command).id);
    const act = async (command: LicenceCommand) => ({ command, change: await run(command, { isQuiet: true }) });
    const result = await doForMany(commands, act, (done) => setProgress({ done, total: commands.length }));
    setProgress(undefined);
    tell(kind, product, result, run);
  };

  return { progress, start };
}

function commandsFor(
  kind: BulkKind,
  { productId, name }: ProductColumn,
  members: readonly Member[],
  holdings: Holdings,
): LicenceCommand[] {
  const product = { id: productId, name };
  return members.flatMap((member): LicenceCommand[] => {
    const holding = holdings.get(cellKey(member.id, productId));
    if (kind === 'give') return holding?.works ? [] : [{ kind, product, to: takerOf(member) }];
    return holding ? [{ kind, product, from: takerOf(member), licenceId: holding.licence.id }] : [];
  });
}

function tell(kind: BulkKind, product: ProductColumn, result: ManyResult<Done>, run: LicenceCommands['run']): void {
  const message = sumText(kind, product, result);
  if (result.done.length === 0) {
    say(message, 'red');
    return;
  }
  announce(message);
  offerUndo({ message, undo: () => takeBack(result.done, run) });
}

/** What became of it in one sentence: how many, and where some are left, why. */
function sumText(kind: BulkKind, { name: product }: ProductColumn, result: ManyResult<Done>): string {
  const { refused, stoppedBy } = result;
  const done = result.done.length;
  const left = result.left + refused;
  if (stoppedBy) {
    const reason = translate(`problem.${stoppedBy}`);
    return translate(kind === 'give' ? 'team.bulk.givenStopped' : 'team.bulk.takenStopped', { done, left, reason });
  }
  if (refused > 0) return translate('team.bulk.refused', { done, left });
  return translate(kind === 'give' ? 'team.done.givenMany' : 'team.done.takenMany', { count: done, product });
}

/** Goes the whole way back; the first refusal that holds for everybody is thrown, so that it is told. */
async function takeBack(done: readonly Done[], run: LicenceCommands['run']): Promise<void> {
  let refusal: unknown;
  for (const { command, change } of done.toReversed()) {
    try {
      await run(opposite(command, change), { isQuiet: true });
    } catch (error) {
      refusal = error;
    }
  }
  if (refusal) throw refusal;
}

function say(message: string, color?: string): void {
  announce(message);
  notifications.show({
    message,
    autoClose: 12_000,
    closeButtonProps: { 'aria-label': translate('component.dismiss') },
    ...(color ? { color } : {}),
  });
}
