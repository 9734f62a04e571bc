import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { MemberId, ProductId } from '../domain/id.ts';
import { giveLicence } from '../server/features/licence/licence.service.ts';
import type { AccountCaller } from '../server/platform/caller.ts';
import type { Ground } from '../server/platform/ground.ts';
import type { Figure, Round } from './figure.ts';
import { figureOf } from './figure.ts';
import { openBenchGround } from './ground.ts';
import type { BenchTeam } from './team-data.ts';
import { freeAll, makeBenchProduct, makeBenchTeam } from './team-data.ts';

const CONNECTIONS = 8;
const ROUNDS = 7;
const GIVES = 2400;
const SPREAD_TEAMS = 48;

/**
 * Gives a second through the service (role, member, choice, holding, event with its hash) against the
 * leanest form by hand: one prepared statement that takes the number, updates a named licence, inserts event and job.
 */
export async function benchGives(): Promise<Figure[]> {
  const bench = await openBenchGround(CONNECTIONS);
  try {
    const { ground, pool } = bench;
    await makeBaseline(pool);
    const productId = await makeBenchProduct(ground);
    const many: BenchTeam[] = [];
    for (let index = 0; index < SPREAD_TEAMS; index += 1) {
      many.push(await makeBenchTeam(ground, pool, { productId, size: GIVES / SPREAD_TEAMS }));
    }
    const one = [await makeBenchTeam(ground, pool, { productId, size: GIVES })];
    await pool.query('analyze');
    await resetBaseline(pool);
    return [
      figureOf('gives, spread over many teams', 'gives/s', await rounds(ground, pool, { productId, teams: many }), 0.6),
      figureOf(
        'gives with an Idempotency-Key, spread over many teams',
        'gives/s',
        await rounds(ground, pool, { productId, teams: many, withKeys: true }),
        null,
      ),
      figureOf('gives, all on one team', 'gives/s', await rounds(ground, pool, { productId, teams: one }), 0.8),
    ];
  } finally {
    await bench.stop();
  }
}

interface Scene {
  readonly productId: ProductId;
  readonly teams: readonly BenchTeam[];
  /** Whether each request can be repeated, which the hand-written form cannot. */
  readonly withKeys?: boolean;
}

async function rounds(ground: Ground, pool: pg.Pool, scene: Scene): Promise<Round[]> {
  const results: Round[] = [];
  for (let index = 0; index <= ROUNDS; index += 1) {
    const baseline = await rate(handWritten(pool, scene));
    const value = await rate(throughService(ground, scene));
    await freeAll(pool);
    await resetBaseline(pool);
    if (index > 0) results.push({ value, baseline }); // the first one warms up
  }
  return results;
}

/** Runs the calls with as many at once as there are connections; answers how many a second were done. */
async function rate(calls: readonly (() => Promise<unknown>)[]): Promise<number> {
  const started = performance.now();
  let next = 0;
  const worker = async () => {
    for (let call = calls[next++]; call; call = calls[next++]) await call();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return calls.length / ((performance.now() - started) / 1000);
}

/** Every team's gives in turn, so that neighbours in time are different teams. */
function inTurn(teams: readonly BenchTeam[]): { team: BenchTeam; memberId: MemberId; number: number }[] {
  const longest = Math.max(...teams.map(({ memberIds }) => memberIds.length));
  return Array.from({ length: longest }, (_, number) =>
    teams.flatMap((team) => {
      const memberId = team.memberIds[number];
      return memberId ? [{ team, memberId, number }] : [];
    }),
  ).flat();
}

function throughService(ground: Ground, { productId, teams, withKeys }: Scene): (() => Promise<unknown>)[] {
  return inTurn(teams).map(({ team, memberId }) => {
    const caller = { kind: 'account', accountId: team.ownerId } as AccountCaller; // nothing else of it is asked for
    const hash = createHash('sha256').update(memberId).digest();
    return () =>
      giveLicence(ground, caller, {
        teamId: team.teamId,
        productId,
        memberId,
        repeat: withKeys ? { scope: team.ownerId, key: randomUUID(), hash } : undefined,
      });
  });
}

const STATEMENT = `
  with s as (update bench_stream set head = head + 1 where id = $1 returning head),
       l as (update bench_licence set member_id = $2, since = now() where team_id = $1 and number = $3 returning id),
       e as (insert into bench_event select $1, s.head, now(), 'licenceGiven', $4::jsonb from s)
  insert into bench_job (name, data) select 'given', $4::jsonb from l`;

function handWritten(pool: pg.Pool, { teams }: Scene): (() => Promise<unknown>)[] {
  return inTurn(teams).map(({ team, memberId, number }) => {
    const values = [team.teamId, memberId, number + 1, JSON.stringify({ memberId })];
    return () => pool.query({ name: 'give', text: STATEMENT, values });
  });
}

async function makeBaseline(pool: pg.Pool): Promise<void> {
  await pool.query(`
    create table bench_stream (id text primary key, head bigint not null) with (fillfactor = 40);
    create table bench_licence (id text primary key, team_id text not null, number int not null, member_id text,
      since timestamptz, unique (team_id, number)) with (fillfactor = 70);
    create table bench_event (stream_id text, number bigint, at timestamptz, kind text, data jsonb,
      primary key (stream_id, number));
    create table bench_job (id bigserial primary key, name text, data jsonb)`);
}

async function resetBaseline(pool: pg.Pool): Promise<void> {
  await pool.query(`
    truncate bench_stream, bench_licence, bench_event, bench_job;
    insert into bench_stream select id, 0 from team;
    insert into bench_licence select id, team_id, number, null, null from licence`);
  await pool.query('vacuum analyze bench_stream, bench_licence');
}
