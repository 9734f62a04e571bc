import { ask } from './ask.ts';
import type { Call } from './calls/call.ts';
import type { Bench, Case } from './matrix.ts';
import { offDocument } from './matrix.ts';
import type { Answer } from './table/expectation.ts';
import type { Caller } from './world/caller.ts';
import { linkAbout } from './world/link.ts';
import { neverLike } from './world/never.ts';
import type { World } from './world/world.ts';

/** What can have become of a link, with what its bearer is told then. */
const states = {
  live: 'done',
  wrongSecret: 'linkUnknown',
  never: 'linkUnknown',
  expired: 'linkExpired',
  used: 'linkUsed',
  ended: 'linkEnded',
  fiveWrongTries: 'linkUnknown',
  ofAnotherKind: 'linkUnknown',
} as const satisfies Readonly<Record<string, Answer>>;
type State = keyof typeof states;

/** One operation by the bearers of links in every state, shown by nobody, by its account, by another one, by programs. */
export async function runLinkCase(bench: Bench, one: Case): Promise<void> {
  const { world } = bench;
  world.app.clock.forward({ seconds: 3601 });
  // Object.keys types them as plain strings.
  const names = (Object.keys(states) as State[]).filter(
    (state) => state !== 'ofAnotherKind' || one.name !== 'openLink',
  );
  // Each state has a link of its own; to one link its bearers come one after the other.
  const calls = await Promise.all(names.map(async (state) => ({ state, call: await callIn(world, one, state) })));
  await world.app.settled();
  const unknown: string[] = [];
  await Promise.all(
    calls.map(async ({ state, call }) => {
      for (const bearer of bearersFor(world, one)) await runBearer(bench, one, { state, call, bearer, unknown });
    }),
  );
  if (new Set(unknown).size > 1) {
    bench.violations.push(`${one.name}: links that are unknown are told apart: ${[...new Set(unknown)].join(' | ')}`);
  }
}

/** A call with a link in that state. */
async function callIn(world: World, { make }: Case, state: State): Promise<Call> {
  const call = await make(world, world.home);
  const linkId = call.params?.linkId ?? '';
  const set = settings(world)[state];
  if (set) {
    await world.app.ground.db
      .updateTable('link')
      .set(set)
      .where('id', '=', linkId as never)
      .execute();
  }
  if (state === 'never') return { ...call, params: { linkId: neverLike(linkId) } };
  if (state === 'wrongSecret') return { ...call, body: { ...bodyOf(call), secret: 'x'.repeat(43) } };
  return state === 'ofAnotherKind' ? otherKind(world, call) : call;
}

function settings({ app }: World): Readonly<Partial<Record<State, object>>> {
  const now = app.clock.now();
  return {
    expired: { expiresAt: now },
    used: { usedAt: now },
    ended: { endedAt: now },
    fiveWrongTries: { wrongTries: 5 },
  };
}

const bodyOf = ({ body }: Call): object => (typeof body === 'object' && body !== null ? body : {});

/** The link of somebody's invitation or password, whichever is not meant. */
async function otherKind({ app, home, signIn }: World, call: Call): Promise<Call> {
  const { kind } = await app.ground.db
    .selectFrom('link')
    .select('kind')
    .where('id', '=', (call.params?.linkId ?? '') as never)
    .executeTakeFirstOrThrow();
  if (kind !== 'resetPassword') {
    await app.anonymous.requestPasswordReset({ body: { email: signIn.email } });
    const account = await app.as(signIn.email);
    return presented(call, await linkAbout(app, 'resetPassword', account.accountId));
  }
  return presented(call, await linkAbout(app, 'invitation', home.invited.memberId));
}

const presented = (call: Call, { linkId, secret }: { linkId: string; secret: string }): Call => ({
  ...call,
  params: { linkId },
  body: { ...bodyOf(call), secret },
});

interface Bearer {
  readonly caller: Caller;
  /** What is answered whatever the link is; undefined where the link decides. */
  readonly always?: Answer;
  /** What is answered to the bearer of a live link that an account goes on with. */
  readonly forAccount: Answer;
}

/** Where passwords are hashed the first of those whom the link decides about is enough. */
function bearersFor(world: World, { expectation }: Case): Bearer[] {
  const bearers = bearersOf(world);
  const decided = bearers.filter(({ always }) => always === undefined);
  return expectation.oneOfEach ? bearers.filter((one) => one.always !== undefined || one === decided[0]) : bearers;
}

/** Refused ones first: the last may use the link up. */
function bearersOf({ callers, home }: World): Bearer[] {
  const named = (name: string): Caller => {
    const caller = callers.find((one) => one.name === name);
    if (!caller) throw new Error(`nobody is called ${name}`);
    return caller;
  };
  const { email } = home.people.owner;
  return [
    { caller: named('application of member of home'), always: 'tokenScope', forAccount: 'tokenScope' },
    { caller: named('a device token that was revoked'), always: 'notSignedIn', forAccount: 'notSignedIn' },
    { caller: named('an application with its service key'), always: 'notSignedIn', forAccount: 'notSignedIn' },
    { caller: named('anonymous'), forAccount: 'linkSignInNeeded' },
    { caller: named("an owner's session past its end"), forAccount: 'linkSignInNeeded' },
    { caller: named('owner of rival'), forAccount: 'linkOtherAccount' },
    ...callers
      .filter((caller) => caller.email === email && caller.roles?.home === 'owner')
      .map((caller) => ({
        caller,
        forAccount: 'done' as const,
      })),
  ];
}

interface Bearing {
  readonly state: State;
  readonly call: Call;
  readonly bearer: Bearer;
  readonly unknown: string[];
}

async function runBearer(bench: Bench, one: Case, { state, call, bearer, unknown }: Bearing): Promise<void> {
  const { caller } = bearer;
  const expected = bearer.always ?? (state === 'live' ? liveAnswer(one, bearer) : states[state]);
  // A link that is not for an account is used up by the first; what comes after has a link of its own.
  const asked = state === 'live' && expected === 'done' ? await one.make(bench.world, bench.world.home) : call;
  const answer = await ask(bench.world, { name: one.name, call: asked, headers: caller.headers });
  bench.cells += 1;
  const where = `${one.name} with a link ${state} by ${caller.name}`;
  const got = answer.code ?? 'done';
  if (got !== expected) bench.violations.push(`${where}: ${expected} was to come, and ${got} came`);
  const flaw = offDocument(bench.document, one.name, answer);
  if (flaw) bench.violations.push(`${where}: ${flaw}`);
  if (got === 'linkUnknown' && expected === 'linkUnknown') unknown.push(answer.headers + answer.body);
}

const liveAnswer = ({ expectation }: Case, { forAccount }: Bearer): Answer =>
  expectation.link?.forAccount ? forAccount : 'done';
