import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { startMailServer } from '../../server/tests/harness/mail-server.ts';
import { chanceOf } from '../chance.ts';
import type { ProofOptions, ProofOutcome, ProofPart } from '../part.ts';
import type { Place } from '../place.ts';
import { openPlace } from '../place.ts';
import { openMachines } from './machines.ts';
import type { OfficeLoad } from './office-load.ts';
import { startOfficeLoad } from './office-load.ts';
import { settleOwed } from './owed.ts';
import { plantFaults } from './planted.ts';
import type { Round } from './round.ts';
import { backUpAndRestore } from './round.ts';

export const part: ProofPart = {
  name: 'backup',
  about: 'backs up under load, restores onto empty machines with PostgreSQL 18 and 15, and plants faults',
  shortSeconds: 20,
  run,
};

async function run({ seconds, seed, say }: ProofOptions): Promise<ProofOutcome> {
  const place = await openPlace();
  const machines = openMachines(place.folder);
  const secret = randomBytes(32).toString('hex');
  const mail = await startMailServer();
  // Every mail stays owed, so that each backup has some.
  mail.answer = { code: 451, text: 'busy' };
  try {
    const env = { NAMESAKE_SECRET: secret, NAMESAKE_SMTP_URL: mail.url };
    const load = await startOfficeLoad(await place.startServer(env), chanceOf(seed).branch('load'));
    const sums = new Sums();
    const until = Date.now() + seconds * 1000;
    for (let number = 1; number === 1 || Date.now() < until; number += 1) {
      const before = load.acknowledged;
      const round = await runRound({ place, machines, load, secret, number });
      sums.add(round);
      sums.violations.push(...(await faultsOfAcknowledged(round, load, before)));
      const planted = await plantFaults(round, chanceOf(seed).branch(number));
      sums.faults += planted.planted;
      sums.violations.push(...planted.violations);
      const settled = await settleOwed(round.machine, { folder: place.folder, secret });
      sums.settle(settled);
      await round.machine.drop();
      say(
        `round ${number}: ${round.manifest.record.events} events, ${settled.orders} orders and ${settled.notices} mails owed`,
      );
    }
    await load.stop();
    return sums.outcome(load);
  } finally {
    await machines.stop();
    await place.close();
    await mail.close();
  }
}

interface RoundWanted {
  readonly place: Place;
  readonly machines: ReturnType<typeof openMachines>;
  readonly load: OfficeLoad;
  readonly secret: string;
  readonly number: number;
}

/** A backup in the middle of orders: somebody holds their team meanwhile, so that they are still being processed. */
async function runRound({ place, machines, load, secret, number }: RoundWanted): Promise<Round> {
  const holder = new pg.Client({ connectionString: place.databaseUrl });
  await holder.connect();
  await holder.query('begin');
  await holder.query('select from stream where id = $1 for no key update', [load.teamId]);
  await load.order();
  const released = delay(300).then(async () => {
    await holder.query('rollback');
    await holder.end();
  });
  const [round] = await Promise.all([
    backUpAndRestore({
      databaseUrl: place.databaseUrl,
      folder: place.folder,
      serverKey: Buffer.from(secret),
      number,
      major: number % 2 === 1 ? 18 : 15,
      machines,
    }),
    released,
  ]);
  return round;
}

/** What somebody was told before the backup began is in it. */
async function faultsOfAcknowledged({ machine }: Round, { teamId }: OfficeLoad, before: number): Promise<string[]> {
  const rows = await machine.query<{ head: number }>(`select head::int as head from stream where id = '${teamId}'`);
  const head = rows[0]?.head ?? 0;
  return head >= before ? [] : [`the backup ends at revision ${head} of a team that had told of ${before} before`];
}

/** What the rounds came to. */
class Sums {
  readonly violations: string[] = [];
  readonly #rounds: Round[] = [];
  faults = 0;
  #orders = 0;
  #notices = 0;

  add(round: Round): void {
    this.#rounds.push(round);
    this.violations.push(...round.violations);
  }

  settle({ orders, notices, violations }: { orders: number; notices: number; violations: readonly string[] }): void {
    this.#orders += orders;
    this.#notices += notices;
    this.violations.push(...violations);
  }

  outcome(load: OfficeLoad): ProofOutcome {
    const rounds = this.#rounds;
    const most = (of: (round: Round) => number) => Math.round(Math.max(...rounds.map(of)));
    return {
      operations: load.operations,
      faults: this.faults,
      violations: [...this.violations, ...load.faults],
      figures: {
        backups: rounds.length,
        restoredOn18: rounds.filter(({ machine }) => machine.major === 18).length,
        restoredOn15: rounds.filter(({ machine }) => machine.major === 15).length,
        events: most(({ manifest }) => manifest.record.events),
        ordersOwed: this.#orders,
        noticesOwed: this.#notices,
        slowestBackupMilliseconds: most(({ backupMilliseconds }) => backupMilliseconds),
        slowestRestoreMilliseconds: most(({ restoreMilliseconds }) => restoreMilliseconds),
        largestBytes: most(({ bytes }) => bytes),
      },
    };
  }
}
