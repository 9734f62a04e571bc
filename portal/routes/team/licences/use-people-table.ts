import { useMemo, useState } from 'react';
import type { Member, Team } from '../../../../contract/team.ts';
import type { PersonQuestion } from '../person/person-question.ts';
import { usePersonActions } from '../person/use-person-actions.ts';
import type { TeamLicences } from './holding.ts';
import { cellKey, holdingsOf } from './holding.ts';
import type { ProductFigures } from './product-figures.ts';
import type { MoveQuestion } from './table-actions.ts';
import { takerOf } from './taker.ts';
import { useBulk } from './use-bulk.ts';
import { useChangedCells } from './use-changed-cells.ts';
import type { Issue } from './use-licence-commands.ts';
import { useLicenceCommands } from './use-licence-commands.ts';
import { usePeopleView } from './use-people-view.ts';
import { useSelection } from './use-selection.ts';
import { useTableActions } from './use-table-actions.ts';

interface PeopleTableOf {
  team: Team;
  members: readonly Member[];
  licences: TeamLicences;
  products: readonly ProductFigures[];
}

/** All that the table of people knows and does, for the components that show it. */
export function usePeopleTable({ team, members, licences, products }: PeopleTableOf) {
  const [question, setQuestion] = useState<PersonQuestion>();
  const [moveQuestion, setMoveQuestion] = useState<MoveQuestion>();
  const holdings = useMemo(() => holdingsOf(licences), [licences]);
  const memberOf = useMemo(() => new Map(members.map((member) => [member.id as string, member])), [members]);
  const commands = useLicenceCommands(team.id);
  const changed = useChangedCells(holdings, commands.own, (key) => {
    const [memberId = '', productId = ''] = key.split(' ');
    const product = products.find((one) => one.productId === productId)?.name ?? '';
    return { name: memberOf.get(memberId)?.name ?? '', product };
  });
  const people = usePeopleView(members, products, holdings);
  const selection = useSelection(people.shown, members);
  const bulk = useBulk(commands, people.keep);
  const personActions = usePersonActions(team);
  const actions = useTableActions({
    ...{ products, holdings, commands, personActions, keep: people.keep },
    select: selection.toggle,
    ask: setQuestion,
    askMove: setMoveQuestion,
  });
  const has = (memberId: string, productId: string) => holdings.has(cellKey(memberId, productId));

  const finishMove = (memberId: string) => {
    const other = memberOf.get(memberId);
    setMoveQuestion(undefined);
    if (!moveQuestion || !other) return;
    const { product } = moveQuestion;
    const [from, to] = 'from' in moveQuestion ? [moveQuestion.from, other] : [other, moveQuestion.to];
    const holding = holdings.get(cellKey(from.id, product.id));
    if (!holding) return;
    commands.dismiss(to.id);
    for (const { id } of [from, to]) people.keep(id);
    const command = {
      kind: 'move',
      product,
      licenceId: holding.licence.id,
      from: takerOf(from),
      to: takerOf(to),
    } as const;
    // A refusal stands on the row already; nothing is left to catch.
    commands.run(command).catch(() => {});
  };

  return {
    ...{ holdings, commands, changed, people, selection, bulk, actions, has },
    holderNow: (issue: Issue) => holderNow(issue, licences, memberOf),
    question: {
      now: question,
      close: () => setQuestion(undefined),
      confirm: (asked: PersonQuestion) => {
        setQuestion(undefined);
        personActions.answer.start(asked);
      },
    },
    move: { now: moveQuestion, close: () => setMoveQuestion(undefined), finish: finishMove },
  };
}

/** Who has the licence that was taken from under the command, as far as it is known by now. */
function holderNow(
  { code, command }: Issue,
  { licences }: TeamLicences,
  memberOf: ReadonlyMap<string, Member>,
): string | undefined {
  if (code !== 'holderChanged' || command.kind === 'give') return undefined;
  const holderId = licences.find(({ id }) => id === command.licenceId)?.memberId;
  return holderId && holderId !== command.from.id ? memberOf.get(holderId)?.name : undefined;
}
