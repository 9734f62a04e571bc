import type { Member, Team } from '../../../../contract/team.ts';
import { FileDialog } from '../invite/file-dialog.tsx';
import { InviteDialog } from '../invite/invite-dialog.tsx';
import { PersonDialog } from '../person/person-dialog.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import type { ProductFigures } from './product-figures.ts';
import type { MoveQuestion } from './table-actions.ts';
import type { usePeopleTable } from './use-people-table.ts';

export type OpenDialog = 'invite' | 'file' | 'keys';

interface PeopleDialogsProps {
  team: Team;
  members: readonly Member[];
  products: readonly ProductFigures[];
  table: ReturnType<typeof usePeopleTable>;
  open: OpenDialog | undefined;
  onClose: () => void;
  /** Puts the focus back at once: whoever works by keyboard has the next key under the finger already. */
  onMoveEnd: () => void;
}

/** The dialogues that the table of people opens. */
export function PeopleDialogs({ team, members, products, table, open, onClose, onMoveEnd }: PeopleDialogsProps) {
  const { question, move, has } = table;
  const concerned = question.now?.member.id;
  const held = products.filter(({ productId }) => concerned !== undefined && has(concerned, productId));
  return (
    <>
      <MoveDialog
        question={move.now}
        candidates={move.now ? candidatesOf(move.now, members, has) : []}
        onChoose={(memberId) => {
          move.finish(memberId);
          onMoveEnd();
        }}
        onClose={() => {
          move.close();
          onMoveEnd();
        }}
      />
      <PersonDialog
        question={question.now}
        teamName={team.name}
        productNames={held.map(({ name }) => name)}
        onConfirm={question.confirm}
        onClose={question.close}
      />
      <KeysDialog opened={open === 'keys'} onClose={onClose} />
      <InviteDialog {...{ team, members, products, onClose }} opened={open === 'invite'} />
      <FileDialog {...{ team, products, onClose }} opened={open === 'file'} />
    </>
  );
}

function candidatesOf(
  question: MoveQuestion,
  members: readonly Member[],
  has: (memberId: string, productId: string) => boolean,
): Member[] {
  const mustHave = 'to' in question;
  return members
    .filter(({ id }) => has(id, question.product.id) === mustHave)
    .toSorted((one, other) => one.name.localeCompare(other.name));
}
