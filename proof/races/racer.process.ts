import { sql } from 'kysely';
import { takeTermSteps } from '../../server/features/licence/term.service.ts';
import { endInvitations } from '../../server/features/team/invitation.service.ts';
import type { Chance } from '../chance.ts';
import { chanceOf } from '../chance.ts';
import type { FromRacer, OpenMessage, RaceMessage, ToRacer, Wish } from './history.ts';
import type { Aim, Racer } from './lane.ts';
import { aim, aimAt, attempt, note, timed } from './lane.ts';
import { check, give, giveByKey, giveByOwnKey, move, read, take } from './licence-operations.ts';
import { buyLicences } from './make-world.ts';
import { accept, handOver, invite, remove } from './people-operations.ts';
import type { RaceServer } from './race-server.ts';
import { openRaceServer } from './race-server.ts';
import { lookAt, TeamView } from './team-view.ts';

// One server process of a race, with everything that a server has but its port. Its operations follow from the seed and from
// what it sees of the others' work.

const CONNECTIONS = 10;

/** How often each operation is done, in thousandths. */
const shares: readonly [thousandths: number, operation: (aim: Aim) => Promise<void>][] = [
  [360, give],
  [260, take],
  [150, move],
  [160, check],
  [20, giveByOwnKey],
  [15, read],
  [12, invite],
  [12, accept],
  [8, remove],
  [3, handOver],
];

let open: { message: OpenMessage; server: RaceServer; views: readonly TeamView[] } | undefined;

process.on('message', async (message: ToRacer) => {
  if (message.kind === 'open') await openServer(message);
  else if (message.kind === 'race') await race(message);
  else await close();
});
process.on('disconnect', () => process.exit(1));

const answer = (message: FromRacer) => void process.send?.(message);

async function openServer(message: OpenMessage): Promise<void> {
  const { databaseUrl, secret } = message;
  const options = { databaseUrl, secret, connections: CONNECTIONS, doesJobs: message.process === 1 };
  const server = await openRaceServer(options);
  open = { message, server, views: message.world.teams.map(() => new TeamView()) };
  answer({ kind: 'ready' });
}

async function race(wanted: RaceMessage): Promise<void> {
  if (!open) throw new Error('there is nothing to race for');
  const { message, server, views } = open;
  const before = process.cpuUsage();
  const racer: Racer = {
    process: message.process,
    server,
    world: message.world,
    views,
    log: [],
    turnedAway: 0,
    broken: [],
  };
  server.setDays(wanted.days);
  await lookAt(server.ground, message.world.teams, views);
  await server.ground.feed.catchUp();
  const chance = chanceOf(message.seed).branch(`process ${message.process}`).branch(`window ${wanted.window}`);
  const lanes = Array.from({ length: message.lanes }, (_, lane) =>
    runLane(racer, chance.branch(lane), { lane, wanted }),
  );
  const wishes = wanted.wishes.map((wish) => renewUp(racer, chance.branch('wishes'), wish));
  await Promise.all([...lanes, ...wishes, ...(wanted.isNewDay ? [beginDay(racer)] : [])]);
  const { log, turnedAway, broken } = racer;
  const { user, system } = process.cpuUsage(before);
  answer({ kind: 'raced', log, turnedAway, broken, cpuMicroseconds: user + system });
}

async function runLane(
  racer: Racer,
  chance: Chance,
  { lane, wanted: { operations, shared } }: { lane: number; wanted: RaceMessage },
): Promise<void> {
  const lanes = open?.message.lanes ?? 1;
  const own = shared.filter((_, index) => index % lanes === lane);
  for (let count = 0; count < operations; count += 1) {
    // All processes come to these at about the same time.
    if (count === Math.floor(operations / 2)) {
      for (const { team, actor, member, key } of own) {
        const at = aimAt(racer, chance, team);
        const [by, to] = [at.team.members[actor], at.team.members[member]];
        if (by && to) await attempt(racer, () => giveByKey({ ...at, actor: by }, { memberId: to.memberId, key }));
      }
    }
    await attempt(racer, () => chooseOperation(chance)(aim(racer, chance)));
  }
}

function chooseOperation(chance: Chance): (aim: Aim) => Promise<void> {
  let drawn = chance.below(1000);
  for (const [thousandths, operation] of shares) {
    if (drawn < thousandths) return operation;
    drawn -= thousandths;
  }
  return give;
}

/** The whole sale of more licences, from the offer to the job that adds them. */
async function renewUp(racer: Racer, chance: Chance, { team: index, quantity }: Wish): Promise<void> {
  const { ground } = racer.server;
  const { productId, agent } = racer.world;
  const at = aimAt(racer, chance, index);
  const { teamId, customerId } = at.team;
  const client = await racer.server.client(agent);
  const {
    answer: orderId,
    call,
    done,
  } = await timed(at, () => buyLicences(client, { customerId, teamId, productId, quantity }));
  // What has not been sold to its end may still come, and nobody would know when.
  if (!orderId) return void racer.broken.push(`${teamId}: more licences were not sold`);
  const { id, endsOn } = await ground.db
    .selectFrom('subscription as s')
    .innerJoin('orderItem as i', 'i.id', 's.orderItemId')
    .select(['s.id', 's.endsOn'])
    .where('i.orderId', '=', orderId)
    .executeTakeFirstOrThrow();
  const licences = await ground.db
    .selectFrom('licence')
    .select('id')
    .where('subscriptionId', '=', id)
    .orderBy('number')
    .execute();
  const { revision } = await ground.db
    .selectFrom('event')
    .select('number as revision')
    .where('streamId', '=', teamId)
    .where('kind', '=', 'subscriptionAdded')
    .where(sql`data ->> 'subscriptionId'`, '=', id)
    .executeTakeFirstOrThrow();
  note(at, {
    kind: 'renewUp',
    call,
    done,
    revision,
    subscription: id,
    endsOn,
    licences: licences.map((one) => one.id),
  });
}

/** What the hourly jobs do; every process does it at once. */
async function beginDay(racer: Racer): Promise<void> {
  const { ground } = racer.server;
  await Promise.all([attempt(racer, () => takeTermSteps(ground)), attempt(racer, () => endInvitations(ground))]);
}

async function close(): Promise<void> {
  await open?.server.close();
  process.disconnect();
}
