import { useMemo, useRef } from 'react';
import type { Member } from '../../../../contract/team.ts';
import type { PersonQuestion } from '../person/person-question.ts';
import type { usePersonActions } from '../person/use-person-actions.ts';
import type { Holdings } from './holding.ts';
import { cellKey } from './holding.ts';
import type { MoveQuestion, ProductColumn, TableActions } from './table-actions.ts';
import { takerOf } from './taker.ts';
import type { LicenceCommands } from './use-licence-commands.ts';

interface TableActionsOf {
  products: readonly ProductColumn[];
  holdings: Holdings;
  commands: LicenceCommands;
  personActions: ReturnType<typeof usePersonActions>;
  keep: (memberId: string) => void;
  select: (member: Member, range?: boolean) => void;
  ask: (question: PersonQuestion) => void;
  askMove: (question: MoveQuestion) => void;
}

/** What the rows ask for, always done with what the page knows by now. */
export function useTableActions(options: TableActionsOf): TableActions {
  const now = useRef(options);
  now.current = options;
  return useMemo(() => {
    const holdingOf = (member: Member, { productId }: ProductColumn) =>
      now.current.holdings.get(cellKey(member.id, productId));

    // A refusal stands on the row already; nothing is left to catch.
    const runQuietly = (promise: Promise<unknown>) => void promise.catch(() => {});

    return {
      toggle: (member, product) => {
        const { commands, keep } = now.current;
        if (commands.pending.has(cellKey(member.id, product.productId))) return;
        keep(member.id);
        const given = { id: product.productId, name: product.name };
        const holding = holdingOf(member, product);
        runQuietly(
          commands.run(
            holding
              ? { kind: 'take', product: given, from: takerOf(member), licenceId: holding.licence.id }
              : { kind: 'give', product: given, to: takerOf(member) },
          ),
        );
      },
      move: (member, wanted) => {
        const { products, askMove } = now.current;
        const wishes = wanted ? [wanted, ...products] : products;
        const held = wishes.find((one) => holdingOf(member, one));
        const product = held ?? wishes[0];
        if (!product) return;
        const given = { id: product.productId, name: product.name };
        askMove(held ? { product: given, from: member } : { product: given, to: member });
      },
      openMove: (question) => now.current.askMove(question),
      select: (member, range) => now.current.select(member, range),
      retry: ({ command, idempotencyKey }) => runQuietly(now.current.commands.run(command, { idempotencyKey })),
      dismiss: (member) => now.current.commands.dismiss(member.id),
      changeRole: (member, role) => now.current.personActions.changeRole.start({ member, role }),
      sendAgain: (member) => now.current.personActions.sendAgain.start(member),
      ask: (question) => now.current.ask(question),
      hasLicence: (member, product) => holdingOf(member, product) !== undefined,
    };
  }, []);
}
