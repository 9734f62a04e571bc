import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { NamesakeCache } from '../cache.ts';
import { memoryCache } from '../cache.ts';
import { nodeCrypto } from '../crypto/node-crypto.ts';
import { Namesake } from '../namesake.ts';
import type { NamesakeOptions } from '../namesake-options.ts';
import { FakeClock, settle } from './fake-clock.ts';
import { StubServer } from './stub-server.ts';

export const studio = { teamId: 'team_1', teamName: 'Studio', until: '2027-11-24' };
export const held = { decision: true, reason: 'held' };
/** What the names of all that is kept end with. */
export const place = 'http://localhost:4280 sketchpad';

/** What a test has of a device. */
export interface Device {
  readonly server: StubServer;
  readonly clock: FakeClock;
  readonly cache: NamesakeCache;
  /** Starts the application on it. */
  start(more?: Partial<NamesakeOptions>, on?: { cache?: NamesakeCache; machineId?: string }): Namesake;
}

/** A device that somebody with a licence is signed in on. Its teardown fails on a stream or a timer left open. */
export async function device(t: TestContext, cache: NamesakeCache = memoryCache()): Promise<Device> {
  const server = new StubServer();
  const clock = new FakeClock();
  const serverClock = { now: () => Date.UTC(2026, 10, 24) + clock.elapsed() };
  server.clock = serverClock;
  server.setTeams({ ...studio, ...held });
  await cache.write(`token ${place}`, 'token-0');
  const started: Namesake[] = [];
  t.after(async () => {
    for (const namesake of started) namesake.close();
    await settle();
    assert.equal(server.streams.size, 0);
    assert.equal(clock.pending, 0);
  });
  const start: Device['start'] = (more, on) => {
    const options = { server: 'http://localhost:4280', application: 'sketchpad', fetch: server.fetch, cache, ...more };
    const surroundings = {
      findCrypto: async () => nodeCrypto(),
      findMachineId: async () => on?.machineId ?? 'machine-1',
    };
    const namesake = new Namesake({ ...options, ...(on?.cache && { cache: on.cache }) }, clock, surroundings);
    started.push(namesake);
    return namesake;
  };
  return { server, clock, cache, start };
}

/** Lets the application run until it has its lease, and ends it. */
export async function run({ clock, start }: Device, more?: Partial<NamesakeOptions>): Promise<void> {
  const namesake = start(more);
  await namesake.use({ product: 'share' });
  await clock.advance(10_000);
  namesake.close();
  await clock.advance(0);
}

/** Starts the application without network, and says what it tells. */
export async function tellOffline({ server, start }: Device, ...how: Parameters<Device['start']>): Promise<string> {
  server.down = true;
  const share = await start(...how).use({ product: 'share' });
  return `${share.state} (${share.reason})`;
}
