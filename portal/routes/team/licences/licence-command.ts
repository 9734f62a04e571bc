import type { LicenceChange } from '../../../../contract/licence.ts';
import { api } from '../../../data/api.ts';
import { isPassing, problemCode } from '../../../data/api-problem.ts';
import { cellKey } from './holding.ts';
import type { HeldAs } from './holding-change.ts';

/** Somebody whom a command is about, as the page saw them. */
export interface Taker {
  readonly id: string;
  readonly name: string;
  readonly isInvited: boolean;
}

export interface GivenProduct {
  readonly id: string;
  readonly name: string;
}

/** Giving, taking back and moving one licence. Take and move name the holder whom the page saw. */
export type LicenceCommand =
  | { readonly kind: 'give'; readonly product: GivenProduct; readonly to: Taker }
  | { readonly kind: 'take'; readonly product: GivenProduct; readonly from: Taker; readonly licenceId: string }
  | {
      readonly kind: 'move';
      readonly product: GivenProduct;
      readonly from: Taker;
      readonly to: Taker;
      readonly licenceId: string;
    };

/** What each cell becomes when the command is done: shown at once, taken back after a no. */
export function expectedCells(command: LicenceCommand): Map<string, HeldAs> {
  const cells = new Map<string, HeldAs>();
  const { product } = command;
  if (command.kind !== 'give') cells.set(cellKey(command.from.id, product.id), 'none');
  if (command.kind !== 'take')
    cells.set(cellKey(command.to.id, product.id), command.to.isInvited ? 'reserved' : 'held');
  return cells;
}

/** The command that takes a done one back; it may be refused, as any other. */
export function opposite(command: LicenceCommand, { licence }: LicenceChange): LicenceCommand {
  const { product } = command;
  if (command.kind === 'give') return { kind: 'take', product, from: command.to, licenceId: licence.id };
  if (command.kind === 'take') return { kind: 'give', product, to: command.from };
  return { kind: 'move', product, from: command.to, to: command.from, licenceId: licence.id };
}

/** The row on which a refusal is told: where the person's hand was. */
export function rowOf(command: LicenceCommand): Taker {
  return command.kind === 'give' ? command.to : command.from;
}

const waitsMillis = [400, 1_600];

/**
 * Sends a command; where the answer may have been lost, the same command with the same key again.
 *
 * @param idempotencyKey One for each action of a person, however often it has to be sent.
 */
export async function sendCommand(
  teamId: string,
  command: LicenceCommand,
  idempotencyKey: string,
): Promise<LicenceChange> {
  for (const wait of waitsMillis) {
    try {
      return await sendOnce(teamId, command, idempotencyKey);
    } catch (error) {
      if (!isPassing(error) || problemCode(error) === 'internalError') throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return sendOnce(teamId, command, idempotencyKey);
}

function sendOnce(teamId: string, command: LicenceCommand, idempotencyKey: string): Promise<LicenceChange> {
  const { product } = command;
  if (command.kind === 'give') {
    return api.giveLicence({ teamId, body: { productId: product.id, memberId: command.to.id }, idempotencyKey });
  }
  const { licenceId, from } = command;
  if (command.kind === 'take') {
    return api.takeLicence({ teamId, licenceId, body: { memberId: from.id }, idempotencyKey });
  }
  const body = { fromMemberId: from.id, toMemberId: command.to.id };
  return api.moveLicence({ teamId, licenceId, body, idempotencyKey });
}
