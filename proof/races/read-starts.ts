import pg from 'pg';
import type { ModelMember, ModelSubscription, TeamStart } from '../linear/team-start.ts';

/** Reads where some teams stand, in one snapshot, while nobody is at work on them. */
export async function readStarts(
  databaseUrl: string,
  teamIds: readonly string[],
  today: string,
): Promise<Map<string, TeamStart>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    const teams = await client.query<{ id: string; revision: number; nextOwner: string | null }>(
      `select t.id, s.head::int as revision, t.next_owner_member_id as "nextOwner"
         from team t join stream s on s.id = t.id where t.id = any($1)`,
      [teamIds],
    );
    const members = await client.query<{ id: string; teamId: string } & ModelMember>(
      `select id, team_id as "teamId", state, role from member where team_id = any($1)`,
      [teamIds],
    );
    const subscriptions = await client.query<{ teamId: string } & ModelSubscription>(
      `select s.team_id as "teamId", s.id, s.ends_on::text as "endsOn",
              s.state = 'active' and s.ends_on + s.grace_days >= $2::date as works,
              array(select l.id from licence l where l.subscription_id = s.id order by l.number) as licences
         from subscription s where s.team_id = any($1) and s.state <> 'terminated'`,
      [teamIds, today],
    );
    const taken = await client.query<{ id: string; teamId: string; memberId: string }>(
      `select id, team_id as "teamId", member_id as "memberId" from licence
        where team_id = any($1) and member_id is not null`,
      [teamIds],
    );
    const own = <T extends { teamId: string }>(rows: readonly T[], id: string) =>
      rows.filter((row) => row.teamId === id);
    return new Map(
      teams.rows.map(({ id, revision, nextOwner }) => [
        id,
        {
          revision,
          nextOwner,
          members: new Map(own(members.rows, id).map(({ id: member, state, role }) => [member, { state, role }])),
          subscriptions: own(subscriptions.rows, id),
          taken: new Map(own(taken.rows, id).map((row) => [row.id, row.memberId])),
        },
      ]),
    );
  } finally {
    await client.end();
  }
}
