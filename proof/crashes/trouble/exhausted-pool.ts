import { setTimeout as delay } from 'node:timers/promises';
import { askServer } from './ask-server.ts';
import type { Reply, Trouble } from './trouble.ts';

const LASTS_MILLISECONDS = 9000;
/** A request waits a second for its turn and five for a connection, and the machine may be slow. */
const ANSWER_MILLISECONDS = 8000;
const CROWD = 30;
const CHECK_MILLISECONDS = 6000;

/**
 * Somebody holds the lock of a team's stream, so that every connection of a server waits for it: everybody else is told at
 * once or soon to come again, nobody hangs, and checks do not notice.
 */
export const exhaustedPool: Trouble = {
  name: 'exhaustedPool',
  async run({ stage, town, watch }) {
    const [team] = town.teams;
    const [member] = stage.crew;
    if (!(team && member)) throw new Error('there is no team to lock');
    const { teamId } = team;
    const at = { host: new URL(stage.front.url).host, cookie: town.ownerCookie };
    const holder = await stage.pool.connect();
    await holder.query('begin');
    await holder.query('select 1 from stream where id = $1 for update', [teamId]);
    watch.resetSlowest();
    const before = watch.answered;
    // Nothing is free for nobody, so these are refused in the end, and change nothing.
    const body = { productId: 'prod_00000000000000000000000001', memberId: 'mem_00000000000000000000000001' };
    const crowd = Array.from({ length: CROWD }, () =>
      askServer(member.port, { ...at, path: `/v1/teams/${teamId}/licences/give`, body }),
    );
    await delay(1500);
    const others = Array.from({ length: CROWD }, () => askServer(member.port, { ...at, path: '/v1/teams' }));
    const early = Promise.all(others);
    await delay(LASTS_MILLISECONDS);
    const checks = watch.answered - before;
    const slowest = Math.round(watch.slowestMilliseconds);
    await holder.query('rollback');
    holder.release();
    const [turnedAway, waited] = [await early, await Promise.all(crowd)];
    return {
      violations: [
        ...turnedAway.flatMap(faultsOf),
        ...waited
          .filter(({ status }) => status === 0 || status === 500)
          .map(({ status }) => `exhausted pool: ${status}`),
        ...(turnedAway.some(({ status }) => status === 503) ? [] : ['exhausted pool: nobody was told to come again']),
        ...(checks > 0 ? [] : ['exhausted pool: no check was answered']),
        ...(slowest > CHECK_MILLISECONDS ? [`exhausted pool: a check took ${slowest} ms`] : []),
      ],
      figures: {
        turnedAway: [...turnedAway, ...waited].filter(({ status }) => status === 503).length,
        slowestAnswerMilliseconds: Math.round(Math.max(...turnedAway.map(({ milliseconds }) => milliseconds))),
        checks,
        slowestCheckMilliseconds: slowest,
      },
    };
  },
};

function faultsOf({ status, code, retryAfterSeconds, milliseconds }: Reply): string[] {
  const isFine = status === 200 || (status === 503 && (retryAfterSeconds ?? 0) > 0);
  return [
    ...(isFine ? [] : [`exhausted pool: answered ${status} ${code}, to come again after ${retryAfterSeconds} s`]),
    ...(milliseconds > ANSWER_MILLISECONDS ? [`exhausted pool: an answer took ${Math.round(milliseconds)} ms`] : []),
  ];
}
