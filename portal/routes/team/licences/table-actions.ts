import type { Member } from '../../../../contract/team.ts';
import type { PersonQuestion } from '../person/person-question.ts';
import type { GivenProduct } from './licence-command.ts';
import type { Issue } from './use-licence-commands.ts';

/** A move that waits for its other end: whom to give it to, or whom to take it from. */
export type MoveQuestion =
  | { readonly product: GivenProduct; readonly from: Member }
  | { readonly product: GivenProduct; readonly to: Member };

export interface ProductColumn {
  readonly productId: string;
  readonly name: string;
}

/** What rows ask of the table. The object stays the same, so that rows need not be drawn again for it. */
export interface TableActions {
  toggle: (member: Member, product: ProductColumn) => void;
  /** Opens the dialogue of a move: away from whoever has a licence, else to the person from somebody who has. */
  move: (member: Member, product?: ProductColumn) => void;
  openMove: (question: MoveQuestion) => void;
  /** Selects or no longer selects; with `range` everybody since the last one. */
  select: (member: Member, range?: boolean) => void;
  retry: (issue: Issue) => void;
  dismiss: (member: Member) => void;
  changeRole: (member: Member, role: Exclude<Member['role'], 'owner'>) => void;
  sendAgain: (member: Member) => void;
  ask: (question: PersonQuestion) => void;
  /** Whether the person has a licence of the product that can be moved. */
  hasLicence: (member: Member, product: ProductColumn) => boolean;
}
