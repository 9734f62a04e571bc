import { ensureSigningKeys } from '../../server/features/signing-key/signing-key.service.ts';
import type { Log } from '../../server/platform/log.ts';
import { silentLog } from '../../server/platform/log.ts';
import type { TestApp } from '../../server/tests/harness/app.ts';
import { createTestApp } from '../../server/tests/harness/app.ts';
import type { Market } from '../../server/tests/harness/sale-builder.ts';
import { openMarket } from '../../server/tests/harness/sale-builder.ts';
import type { SocketServer } from '../../server/tests/harness/socket-server.ts';
import { openSocketServer } from '../../server/tests/harness/socket-server.ts';
import type { Description } from './document.ts';
import { readDescription } from './document.ts';
import type { Known, Thing } from './known.ts';
import { readKnown } from './known.ts';
import type { World } from './world.ts';
import { makeWorld } from './world.ts';

export interface Entered {
  readonly world: World;
  readonly known: Known;
}

/** The real application as a deployment runs it, answers unchecked, with somebody in every role. */
export interface Scene {
  readonly app: TestApp;
  /** The same application on a port. */
  readonly socket: SocketServer;
  readonly description: Description;
  /** What the server logged as nobody's expectation since it was last asked. */
  takeErrors(): string[];
  /** Makes the next world, and reads what there is. */
  enter(this: void): Promise<Entered>;
  close(): Promise<void>;
}

export async function openScene(): Promise<Scene> {
  let errors: string[] = [];
  const log: Log = {
    ...silentLog,
    error(message, error) {
      if (errors.length < 1000) errors.push(`${message}: ${error instanceof Error ? error.stack : String(error)}`);
    },
  };
  const app = await createTestApp({ checkResponses: false, log });
  await ensureSigningKeys(app.ground);
  const market: Market = await openMarket(app);
  await app.ground.feed.reload();
  let worlds = 0;
  const socket = await openSocketServer(app.listener);
  return {
    app,
    socket,
    description: readDescription(),
    takeErrors() {
      const taken = errors;
      errors = [];
      return taken;
    },
    async enter() {
      worlds += 1;
      const world = await makeWorld(app, market, worlds);
      return { world, known: await readKnown(app, wordsOf(world)) };
    },
    async close() {
      await socket.close();
      await app.close();
    },
  };
}

/** What calls can name besides what the database holds. */
function wordsOf({ userCodes, roles }: World): Thing[] {
  return [
    ...userCodes.map((userCode) => ({ userCode })),
    ...roles.map(({ name }) => ({ anyName: `${name}@w1.example` })),
    { anyName: 'use' },
    { anyName: 'share' },
    { name: 'use' },
    { type: 'account' },
    { type: 'product' },
  ];
}
