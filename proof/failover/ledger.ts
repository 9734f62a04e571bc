import pg from 'pg';

/** A change that the API said was made. */
export interface Acknowledged {
  readonly kind: 'give' | 'take';
  readonly memberId: string;
  readonly licenceId: string;
  /** The team's revision that first has it. */
  readonly revision: number;
  /** When the answer was there, in milliseconds of this process. */
  readonly at: number;
}

/** A line of the record, as the database has it. */
export interface Recorded {
  readonly number: number;
  readonly memberId: string;
  readonly licenceId: string;
}

/** What the database says once everything is quiet. */
export interface Truth {
  readonly events: readonly Recorded[];
  /** Who has which licence now. */
  readonly holders: ReadonlyMap<string, string>;
}

/**
 * Everything that was acknowledged and is not there exactly once.
 *
 * Each acknowledged change has its own line in the record, at the revision that was answered; whoever made the changes was the
 * only one to change these members, so there are no other lines about them, and what they have now follows from the last change.
 */
export function compare(acknowledged: readonly Acknowledged[], { events, holders }: Truth): string[] {
  const byMember = Map.groupBy(acknowledged, ({ memberId }) => memberId);
  const byNumber = new Map(events.map((event) => [event.number, event]));
  const lost = acknowledged.flatMap((entry) => {
    const event = byNumber.get(entry.revision);
    const isThere = event?.memberId === entry.memberId && event.licenceId === entry.licenceId;
    return isThere
      ? []
      : [`lost: ${entry.kind} of ${entry.licenceId} for ${entry.memberId} at revision ${entry.revision}`];
  });
  return [
    ...lost,
    ...repeatedRevisions(acknowledged),
    ...[...byMember].flatMap(([memberId, own]) => {
      const found = events.filter((event) => event.memberId === memberId).length;
      const count =
        found === own.length ? [] : [`${memberId}: ${own.length} changes acknowledged, ${found} in the record`];
      const last = own.at(-1);
      const expected = last?.kind === 'give' ? last.licenceId : undefined;
      const has = holders.get(memberId);
      return has === expected
        ? count
        : [...count, `${memberId} has ${has ?? 'nothing'} instead of ${expected ?? 'nothing'}`];
    }),
  ];
}

function repeatedRevisions(acknowledged: readonly Acknowledged[]): string[] {
  const byRevision = Map.groupBy(acknowledged, ({ revision }) => revision);
  return [...byRevision]
    .filter(([, entries]) => entries.length > 1)
    .map(([revision, { length }]) => `revision ${revision} was acknowledged for ${length} changes`);
}

/** Reads what there is about a team, past the server. */
export async function readTruth(databaseUrl: string, teamId: string): Promise<Truth> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: events } = await client.query<Recorded>(
      `select number::int as number, data ->> 'memberId' as "memberId", data ->> 'licenceId' as "licenceId"
         from event where stream_id = $1 and data ? 'licenceId'`,
      [teamId],
    );
    const { rows: holders } = await client.query<{ memberId: string; id: string }>(
      `select member_id as "memberId", id from licence where team_id = $1 and member_id is not null`,
      [teamId],
    );
    return { events, holders: new Map(holders.map(({ memberId, id }) => [memberId, id])) };
  } finally {
    await client.end();
  }
}
