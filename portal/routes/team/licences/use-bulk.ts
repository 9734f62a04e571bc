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
import { opposite } from './licence-command.ts';
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
export function useBulk({ run }: LicenceCommands) {
  const [progress, setProgress] = useState<BulkProgress>();

  const start = async (kind: BulkKind, product: ProductColumn, members: readonly Member[], holdings: Holdings) => {
    const commands = commandsFor(kind, product, members, holdings);
    if (commands.length === 0) {
      const textId = kind === 'give' ? 'team.bulk.allHave' : 'team.bulk.noneHas';
      say(translate(textId, { product: product.name }));
      return;
    }
    setProgress({ done: 0, total: commands.length });
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

function tell(kind: BulkKind, { name: product }: ProductColumn, result: ManyResult<Done>, run: LicenceCommands['run']) {
  const { done, refused, left, stoppedBy } = result;
  if (stoppedBy) {
    const reason = translate(`problem.${stoppedBy}`);
    const textId = kind === 'give' ? 'team.bulk.givenStopped' : 'team.bulk.takenStopped';
    say(translate(textId, { done: done.length, left: left + refused, reason }), 'red');
  } else if (refused > 0) {
    say(translate('team.bulk.refused', { done: done.length, left: refused }), 'red');
  }
  if (done.length === 0) return;
  const message = translate(kind === 'give' ? 'team.done.givenMany' : 'team.done.takenMany', {
    count: done.length,
    product,
  });
  announce(message);
  offerUndo({ message, undo: () => takeBack(done, run) });
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
