import type { Snapshot } from './snapshot.ts';
import type { TeamState } from './team-state.ts';

const KINDS = ['teamMade', 'invitation', 'ownershipOffered', 'termGrace', 'termTerminated'];

/** Which mails the teams' records owe that nobody has queued, and which were queued that nobody owes. */
export async function compareOwedNotices(snapshot: Snapshot, teams: Iterable<TeamState>): Promise<string[]> {
  const rows = await snapshot.rows<{ owed: string; count: number }>(
    `select kind || ' ' || subject_id as owed, count(*)::int as count from notice
      where kind = any($1) and replaced_by is null group by kind, subject_id`,
    [KINDS],
  );
  const queued = new Map(rows.map(({ owed, count }) => [owed, count]));
  const faults: string[] = [];
  for (const team of teams) {
    for (const [owed, count] of team.owed) {
      const found = queued.get(owed) ?? 0;
      queued.delete(owed);
      if (found !== count) faults.push(`rule 6: ${team.id} owes ${count} notices ${owed}, and ${found} were queued`);
    }
  }
  return [...faults, ...[...queued].map(([owed, count]) => `rule 6: ${count} notices ${owed} that no record owes`)];
}
