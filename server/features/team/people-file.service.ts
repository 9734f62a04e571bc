import type { PeopleFile } from '../../../contract/team.ts';
import type { TeamId } from '../../../domain/id.ts';
import { readPeopleFile } from '../../../domain/people-file.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { readTableFile } from '../../platform/table-file.ts';
import { findByAddresses } from './member.queries.ts';
import { requireInTeam } from './team.policy.ts';

/** A file of people is read on the request's own time, so it stays short enough to hold up nobody. */
const LIMITS = { maxBytes: 8 * 1024 * 1024, maxRows: 10_000 };

/** Says what a file of people would do in a team; writes nothing. */
export async function previewPeopleFile(
  { db }: Ground,
  caller: AccountCaller,
  { teamId, bytes }: { teamId: TeamId; bytes: Buffer },
): Promise<PeopleFile> {
  await requireInTeam(db, teamId, caller, 'member.invite');
  const file = await readTableFile(bytes, LIMITS);
  if (file.outcome === 'refused') throw refusedFile(file);
  const read = readPeopleFile(file.table);
  if (read.outcome === 'refused') {
    throw new AppError('fileUnknownColumns', { detail: `The columns are: ${read.columns.join(', ').slice(0, 500)}` });
  }
  const emails = read.people.map(({ email }) => email);
  const rows = await findByAddresses(db, caller, { teamId, emails });
  const known = new Set(rows.filter(({ state }) => state !== 'removed').map(({ email }) => email));
  return {
    people: read.people.filter(({ email }) => !known.has(email)),
    known: read.people.filter(({ email }) => known.has(email)).map(({ line, email }) => ({ line, email })),
    disabled: [...read.disabled],
    repeats: [...read.repeats],
    faults: [...read.faults],
  };
}

function refusedFile(refusal: { readonly reason: string; readonly line?: number }): AppError {
  const tooLarge = ['tooLarge', 'tooManyRows', 'tooManyCells'].includes(refusal.reason);
  const detail = `${refusal.reason}${refusal.line === undefined ? '' : `, line ${refusal.line}`}`;
  return new AppError(tooLarge ? 'fileTooLarge' : 'fileNotTable', { detail });
}
