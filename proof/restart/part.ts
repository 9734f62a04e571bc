import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Client } from '../../contract/client.ts';
import { createClient } from '../../contract/client.ts';
import type { LicenceId, MemberId, TeamId } from '../../domain/id.ts';
import { findFreePort } from '../../server/db/engine-postmaster.ts';
import { demoPeople } from '../../server/demo/people.ts';
import type { ServerProcess } from '../../server/tests/harness/server-process.ts';
import { signIn } from '../../server/tests/harness/server-process.ts';
import type { Chance } from '../chance.ts';
import { chanceOf } from '../chance.ts';
import type { ProofOptions, ProofOutcome, ProofPart } from '../part.ts';
import type { Place } from '../place.ts';
import { openPlace } from '../place.ts';
import { makeServiceKey } from '../service-key.ts';
import type { Balancer } from './balancer.ts';
import { openBalancer } from './balancer.ts';
import { repeat, Tally } from './lanes.ts';
import type { StreamLane } from './stream-lane.ts';
import { followStream } from './stream-lane.ts';

const DRAIN_SECONDS = '1';
/** Two streams of one team that hear of nothing for so long have missed it. */
const HEARD_MILLISECONDS = 15_000;

export const part: ProofPart = {
  name: 'restart',
  about:
    'restarts two servers in turn behind a balancer that never asks twice: no request is dropped, streams miss nothing',
  shortSeconds: 20,
  run: (options) => restartInTurn(options, (server) => server.stop()),
};

/** Restarts one server after the other under load, in the way that is asked for; each of them once at least, or so many. */
export async function restartInTurn(
  { seconds, seed, say }: ProofOptions,
  end: (server: ServerProcess, balancer: Balancer) => Promise<unknown>,
  least = 2,
): Promise<ProofOutcome> {
  const place = await openPlace();
  const balancer = await openBalancer(await findFreePort());
  try {
    const servers = [await startServer(place, balancer), await startServer(place, balancer)];
    const load = await startLoad({ place, balancer, chance: chanceOf(seed) });
    const until = Date.now() + seconds * 1000;
    let restarts = 0;
    while (restarts < least || Date.now() < until) {
      await delay(500);
      const turn = restarts % servers.length;
      const old = servers[turn];
      if (old) await end(old, balancer);
      balancer.remove(old?.url ?? '');
      servers[turn] = await startServer(place, balancer);
      restarts += 1;
      say(`restart ${restarts}: ${load.tally.requests} requests, ${load.tally.dropped.length} dropped`);
    }
    await load.stop();
    return load.outcome(restarts);
  } finally {
    await balancer.close();
    await place.close();
  }
}

async function startServer(place: Place, balancer: Balancer): Promise<ServerProcess> {
  // A demo answers to its public name alone, and that is the balancer's.
  const env = { NAMESAKE_URL: balancer.url, NAMESAKE_DRAIN_SECONDS: DRAIN_SECONDS };
  const start = () => place.startServer(env);
  // On a machine that is very busy a start may take longer than anybody waits for it.
  const server = await start().catch(start).catch(start);
  balancer.add(server.url);
  await balancer.ready(server.url);
  return server;
}

interface LoadOptions {
  readonly place: Place;
  readonly balancer: Balancer;
  readonly chance: Chance;
}

async function startLoad({ place, balancer, chance }: LoadOptions): Promise<Load> {
  const pool = new pg.Pool({ connectionString: place.databaseUrl, max: 1 });
  const key = await makeServiceKey(pool, await firstApplication(pool));
  await pool.end();
  const { cookie } = await signIn(balancer.url, demoPeople.owner.email);
  await delay(1500); // a service key is known everywhere after a second
  return new Load({ url: balancer.url, cookie, key, chance });
}

async function firstApplication(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ key: string }>('select key from application order by key limit 1');
  return rows[0]?.key ?? '';
}

/** Everything that goes on meanwhile: checks, gives and takes, pages, streams. */
class Load {
  readonly tally = new Tally();
  readonly #url: string;
  readonly #cookie: string;
  readonly #streams: StreamLane[];
  readonly #lanes: (() => Promise<void>)[];
  readonly #missed: string[] = [];
  #teamId: TeamId | undefined;
  #acknowledged = 0;

  constructor({ url, cookie, key, chance }: { url: string; cookie: string; key: string; chance: Chance }) {
    this.#url = url;
    this.#cookie = cookie;
    const owner = createClient({
      baseUrl: url,
      headers: () => ({ cookie }),
      fetch: async (address, init) => {
        const answer = await this.tally.ask('call', () => fetch(address, init));
        if (!answer) throw new Error('dropped');
        return answer;
      },
    });
    this.#streams = [1, 2, 3].map(() => followStream(url, cookie, this.tally));
    const check = () => this.#check(key);
    this.#lanes = [
      ...[1, 2, 3, 4].map(() => repeat(check, 20)),
      repeat(() => this.#give(owner, chance).catch(() => {}), 100),
      repeat(() => this.#page(), 200),
    ];
  }

  async stop(): Promise<void> {
    await Promise.all(this.#lanes.map((stop) => stop()));
    await this.#waitForStreams();
    await Promise.all(this.#streams.map((stream) => stream.stop()));
  }

  outcome(restarts: number): ProofOutcome {
    const asked = Object.fromEntries(this.tally.asked);
    const resumed = this.#streams.reduce((sum, stream) => sum + stream.resumed, 0);
    return {
      operations: this.tally.requests,
      faults: restarts,
      violations: [...this.tally.dropped, ...this.#missed],
      figures: { ...asked, restarts, streamsResumed: resumed, revisionsAcknowledged: this.#acknowledged },
    };
  }

  async #check(key: string): Promise<void> {
    const body = JSON.stringify({
      subject: { type: 'account', id: demoPeople.owner.email },
      action: { name: 'use' },
      resource: { type: 'product', id: 'share', properties: { team: this.#teamId ?? 'team_0' } },
    });
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const ask = () => fetch(`${this.#url}/access/v1/evaluation`, { method: 'POST', headers, body });
    const answer = await this.tally.ask('check', ask);
    if (answer && answer.status !== 200) this.#missed.push(`a check was answered ${answer.status}`);
    await answer?.body?.cancel();
  }

  async #page(): Promise<void> {
    for (const path of ['/', '/v1/deployment', '/v1/me']) {
      const answer = await this.tally.ask('page', () => fetch(this.#url + path, { headers: { cookie: this.#cookie } }));
      await answer?.arrayBuffer();
    }
  }

  /** Gives or takes, and asks that each stream hears of it. */
  async #give(owner: Client, chance: Chance): Promise<void> {
    this.#teamId ??= (await owner.listTeams()).items[0]?.id;
    const teamId = this.#teamId;
    if (!teamId) return;
    const { licences } = await owner.listLicences({ teamId });
    const { items } = await owner.listMembers({ teamId, query: { limit: 100 } });
    const memberId = chance.pick(items)?.id as MemberId;
    const held = licences.find((licence) => licence.memberId === memberId);
    const { revision } = held
      ? await owner.takeLicence({ teamId, licenceId: held.id as LicenceId, body: { memberId } })
      : await owner.giveLicence({ teamId, body: { productId: licences[0]?.productId as never, memberId } });
    this.#acknowledged = Math.max(this.#acknowledged, revision);
  }

  async #waitForStreams(): Promise<void> {
    const teamId = this.#teamId ?? '';
    const behind = () => this.#streams.filter((stream) => stream.revisionOf(teamId) < this.#acknowledged);
    for (const deadline = Date.now() + HEARD_MILLISECONDS; behind().length > 0 && Date.now() < deadline; )
      await delay(50);
    for (const stream of behind()) {
      this.#missed.push(
        `a stream ends at revision ${stream.revisionOf(teamId)}, and ${this.#acknowledged} was acknowledged`,
      );
    }
  }
}
