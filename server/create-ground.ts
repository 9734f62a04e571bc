import type { Pool } from './db/database.ts';
import { createDb } from './db/database.ts';
import { createPrepared } from './db/prepared.ts';
import type { Clock } from './platform/clock.ts';
import type { Ground, Settings } from './platform/ground.ts';
import { todayEachMinute } from './platform/ground.ts';
import { createIds } from './platform/ids.ts';
import type { Jobs } from './platform/jobs.ts';
import type { Log } from './platform/log.ts';
import { Pulse } from './platform/pulse.ts';
import { ChangeFeed } from './projection/change-feed.ts';

export interface GroundOptions<J extends Jobs> {
  readonly pool: Pool;
  /** The same database, for connections outside the pool. */
  readonly connectionString: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly jobs: J;
  readonly settings: Settings;
  readonly serverKey: Buffer;
}

/** Puts together what services stand on. The feed is not started: who serves checks starts it. */
export function createGround<J extends Jobs>(options: GroundOptions<J>): Ground & { readonly jobs: J } {
  const { pool, connectionString, clock, log, jobs, settings, serverKey } = options;
  const pulse = new Pulse(log);
  const today = todayEachMinute({ clock, settings });
  return {
    db: createDb(pool),
    prepared: createPrepared(pool),
    clock,
    newId: createIds(clock),
    pulse,
    feed: new ChangeFeed({ pool, connectionString, pulse, log, today }),
    jobs,
    log,
    settings,
    serverKey,
  };
}
