import type { Member } from '../../../../contract/team.ts';
import type { Taker } from './licence-command.ts';

/** A person as commands name them. */
export function takerOf({ id, name, state }: Member): Taker {
  return { id, name, isInvited: state === 'invited' };
}
