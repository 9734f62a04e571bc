import type { Endpoint } from '../../../contract/endpoint.ts';
import type { LoadLimit } from '../load-limit.ts';
import { createLoadLimit } from '../load-limit.ts';
import type { Log } from '../log.ts';

/** The limits that requests pass. */
export interface Admission {
  /** That of an endpoint. */
  of(endpoint: Pick<Endpoint, 'access' | 'method'>): LoadLimit;
  /** That of devices which ask to be signed in. */
  readonly devices: LoadLimit;
  /** That of streams which are being opened: finding out who asks is what they cost. */
  readonly streams: LoadLimit;
}

/**
 * More at a time would not be done sooner: one core works on them, and the database has twelve connections for them. Strangers have the
 * fewest places, because signing in costs as much as a hundred other requests, on purpose.
 */
const BOUNDS = {
  people: { running: 16, waiting: 64, waitMilliseconds: 1000 },
  applications: { running: 8, waiting: 128, waitMilliseconds: 2000 },
  strangers: { running: 4, waiting: 32, waitMilliseconds: 3000 },
  devices: { running: 4, waiting: 128, waitMilliseconds: 2000 },
  // After a restart thousands of applications come back at once, and each asks for a few milliseconds.
  streams: { running: 4, waiting: 4096, waitMilliseconds: 5000 },
};
const QUIET_MILLISECONDS = 10_000;

/**
 * Makes the limits of a process, which are apart: a crowd at the sign-in keeps no owner from handing out licences, and neither of them
 * keeps an application waiting. What applications ask from memory passes none of them: it is the last to go.
 */
export function createAdmission(log: Log): Admission {
  const limitOf = (who: keyof typeof BOUNDS) => createLoadLimit(BOUNDS[who], tellSometimes(log, who));
  const people = limitOf('people');
  const applications = limitOf('applications');
  const strangers = limitOf('strangers');
  return {
    of({ access, method }) {
      if (access === 'token' || access === 'service') return applications;
      return access === 'session' || method === 'GET' ? people : strangers;
    },
    devices: limitOf('devices'),
    streams: limitOf('streams'),
  };
}

/** Tells of a crowd at its beginning and then every ten seconds, with how many were turned away since. */
function tellSometimes(log: Log, who: string): () => void {
  let turnedAway = 0;
  let quietUntil = 0;
  return () => {
    turnedAway += 1;
    const now = performance.now();
    if (now < quietUntil) return;
    quietUntil = now + QUIET_MILLISECONDS;
    log.warn('more requests than can be done: some were turned away', { who, turnedAway });
    turnedAway = 0;
  };
}
