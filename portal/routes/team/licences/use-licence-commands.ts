import { notifyManager, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import type { LicenceChange } from '../../../../contract/licence.ts';
import { announce } from '../../../components/announcer.tsx';
import { offerUndo } from '../../../components/undo.tsx';
import type { ProblemCode } from '../../../data/api-problem.ts';
import { problemCode } from '../../../data/api-problem.ts';
import { queryKeys } from '../../../data/query-key.ts';
import { translate } from '../../../text/use-text.ts';
import { doneText } from './done-text.ts';
import type { TeamLicences } from './holding.ts';
import { withLicence } from './holding.ts';
import type { HeldAs } from './holding-change.ts';
import type { LicenceCommand } from './licence-command.ts';
import { expectedCells, opposite, rowOf, sendCommand } from './licence-command.ts';

/** A refusal that stands on a person's row until it is dismissed or overtaken. */
export interface Issue {
  readonly code: ProblemCode;
  readonly error: unknown;
  readonly command: LicenceCommand;
  readonly idempotencyKey: string;
}

interface RunOptions {
  /** Says nothing of its own: one of many, whose caller tells the sum. */
  isQuiet?: boolean;
  idempotencyKey?: string;
}

export interface LicenceCommands {
  /** Cells under way, with what they will be. */
  readonly pending: ReadonlyMap<string, HeldAs>;
  /** By member. */
  readonly issues: ReadonlyMap<string, Issue>;
  /** What this page made of each cell, to tell it from what others do. */
  readonly own: Map<string, HeldAs>;
  /** Shows the result at once, sends the command and takes the result back after a no, which it throws. */
  readonly run: (command: LicenceCommand, options?: RunOptions) => Promise<LicenceChange>;
  readonly dismiss: (memberId: string) => void;
}

/** Gives, takes and moves licences of one team: optimistic, with the truth on the very cell. */
export function useLicenceCommands(teamId: string): LicenceCommands {
  const client = useQueryClient();
  const [pending, setPending] = useState<ReadonlyMap<string, HeldAs>>(new Map());
  const [issues, setIssues] = useState<ReadonlyMap<string, Issue>>(new Map());
  const own = useRef(new Map<string, HeldAs>()).current;

  const commands = useMemo(() => {
    const queryKey = queryKeys.licences(teamId);
    const dismiss = (memberId: string) => setIssues((before) => without(before, [memberId]));

    const start = (command: LicenceCommand, cells: ReadonlyMap<string, HeldAs>) => {
      for (const [key, state] of cells) own.set(key, state);
      setPending((before) => new Map([...before, ...cells]));
      dismiss(rowOf(command).id);
    };

    const take = ({ licence, revision }: LicenceChange) =>
      client.setQueryData<TeamLicences>(queryKey, (before) => before && withLicence(before, licence, revision));

    const refuse = (issue: Issue) => {
      const { id, name } = rowOf(issue.command);
      announce(`${name}: ${translate(`problem.${issue.code}`)}`);
      setIssues((before) => new Map([...before, [id, issue]]));
    };

    const run = async (command: LicenceCommand, options: RunOptions = {}): Promise<LicenceChange> => {
      const { isQuiet = false, idempotencyKey = crypto.randomUUID() } = options;
      const cells = expectedCells(command);
      start(command, cells);
      try {
        const change = await sendCommand(teamId, command, idempotencyKey);
        take(change);
        if (!isQuiet) tellDone(command, () => run(opposite(command, change), { isQuiet: true }));
        return change;
      } catch (error) {
        for (const key of cells.keys()) own.delete(key);
        if (!isQuiet) refuse({ code: problemCode(error), error, command, idempotencyKey });
        void client.invalidateQueries({ queryKey: queryKeys.team(teamId) });
        throw error;
      } finally {
        // After the table has heard of the change: a cell must not fall back, for a moment, to what it was.
        notifyManager.schedule(() => setPending((before) => withoutThese(before, cells)));
      }
    };
    return { run, dismiss };
  }, [teamId, client, own]);

  return useMemo(() => ({ pending, issues, own, ...commands }), [pending, issues, own, commands]);
}

function tellDone(command: LicenceCommand, undo: () => Promise<unknown>): void {
  const message = doneText(command);
  announce(message);
  offerUndo({ message, undo });
}

/** Another command that has begun on the same cell meanwhile stays under way. */
const withoutThese = (before: ReadonlyMap<string, HeldAs>, cells: ReadonlyMap<string, HeldAs>) =>
  without(
    before,
    [...cells].filter(([key, state]) => before.get(key) === state).map(([key]) => key),
  );

function without<Value>(before: ReadonlyMap<string, Value>, keys: Iterable<string>): ReadonlyMap<string, Value> {
  const gone = new Set(keys);
  return new Map([...before].filter(([key]) => !gone.has(key)));
}
