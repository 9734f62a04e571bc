import type { Answered } from './ask.ts';
import { ask, endpointOf } from './ask.ts';
import type { Belongings } from './belongings.ts';
import { collectBelongings, foreignTextIn } from './belongings.ts';
import type { Call, MakeCall } from './calls/call.ts';
import { neverCall } from './calls/never-call.ts';
import type { Documented } from './document.ts';
import { readDocument } from './document.ts';
import { expectedOf } from './judge.ts';
import { changedTables, digestOf } from './record-state.ts';
import { standingOf } from './standing.ts';
import type { Answer, Expectation } from './table/expectation.ts';
import type { CaseName } from './table/expectations.ts';
import { signInAnew } from './world/build-callers.ts';
import type { Caller } from './world/caller.ts';
import type { Place } from './world/place.ts';
import type { World } from './world/world.ts';

/** What the matrix is run with. */
export interface Bench {
  readonly world: World;
  readonly belongings: readonly Belongings[];
  readonly document: readonly Documented[];
  /** Told each cell that came out otherwise. */
  readonly violations: string[];
  cells: number;
}

export async function openBench(world: World): Promise<Bench> {
  return {
    world,
    belongings: await collectBelongings(world),
    document: await readDocument(world.app),
    violations: [],
    cells: 0,
  };
}

export interface Case {
  readonly name: CaseName;
  readonly expectation: Expectation;
  readonly make: MakeCall;
}

/** All callers at one place: first everybody who is refused, then whoever may, each with a subject of its own. */
export async function runCase(bench: Bench, one: Case, place: Place): Promise<void> {
  const { world } = bench;
  // Limits are counted by the hour, and none of them is what is asked about here.
  world.app.clock.forward({ seconds: 3601 });
  const call = await one.make(world, place);
  await world.app.settled();
  const cells = callersFor(world, one.expectation).map((caller) => {
    const expected = expectedOf(world, { expectation: one.expectation, caller, place });
    return { bench, one, place, call, caller, expected };
  });
  const before = await digestOf(world);
  await inTurns(
    cells.filter(({ expected }) => expected !== 'done'),
    runRefused,
  );
  const changed = changedTables(before, await digestOf(world));
  if (changed.length > 0) bench.violations.push(`${one.name} at ${place.key}: what was refused changed ${changed}`);
  await runAllowed(cells.filter(({ expected }) => expected === 'done'));
}

function callersFor({ callers }: World, { oneOfEach }: Expectation): readonly Caller[] {
  if (!oneOfEach) return callers;
  return callers.filter(({ credential }, index) => callers.findIndex((one) => one.credential === credential) === index);
}

interface Asking {
  readonly bench: Bench;
  readonly one: Case;
  readonly place: Place;
  readonly call: Call;
  readonly caller: Caller;
  readonly expected: Answer;
}

const AT_ONCE = 6;

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const turn = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, turn));
}

async function runRefused(asking: Asking): Promise<void> {
  const { bench, one, call, caller, expected } = asking;
  const answer = await ask(bench.world, { name: one.name, call, headers: caller.headers });
  check(asking, answer);
  if (answer.code !== expected || !isStranger(asking)) return;
  const never = await ask(bench.world, { name: one.name, call: neverCall(call), headers: caller.headers });
  bench.cells += 1;
  const difference = differenceOf(answer, never);
  if (difference) report(asking, `it is told apart from what never was: ${difference}`);
}

/** Whether the caller has nothing to do with the place, so that the place must not exist for it. */
function isStranger({ bench, one, place, caller }: Asking): boolean {
  const { about } = one.expectation;
  if (about !== 'team' && about !== 'customer' && about !== 'anything') return false;
  const standing = standingOf(bench.world, caller, { about: about === 'team' ? 'team' : 'customer', place });
  return standing === 'none' || standing === 'otherAgent';
}

/** What differs between two answers; undefined where every byte is the same. */
export function differenceOf(one: Answered, other: Answered): string | undefined {
  if (one.status !== other.status) return `${one.status} ${one.code ?? ''} and ${other.status} ${other.code ?? ''}`;
  if (one.headers !== other.headers) return `headers ${one.headers} and ${other.headers}`;
  if (one.body !== other.body) return `${one.body.slice(0, 300)} and ${other.body.slice(0, 300)}`;
  return undefined;
}

async function runAllowed(cells: readonly Asking[]): Promise<void> {
  const [first] = cells;
  if (!first) return;
  if (endpointOf(first.one.name).method === 'GET') return inTurns(cells, runOne);
  for (const [index, asking] of cells.entries()) {
    const { bench, one, place } = asking;
    const call = index === 0 ? asking.call : await one.make(bench.world, place);
    await runOne({ ...asking, call });
  }
}

async function runOne(asking: Asking): Promise<void> {
  const { bench, one, call, caller } = asking;
  const headers = one.expectation.oneOfEach === 'endsSession' ? await ownHeaders(bench.world, caller) : caller.headers;
  check(asking, await ask(bench.world, { name: one.name, call, headers }));
}

async function ownHeaders({ app }: World, { credential, email, headers }: Caller) {
  return credential === 'session' && email ? { cookie: (await signInAnew(app, email)).cookie } : headers;
}

function check(asking: Asking, answer: Answered): void {
  const { bench, one, caller, expected } = asking;
  bench.cells += 1;
  const got = answer.code ?? 'done';
  if (got !== expected) report(asking, `${expected} was to come, and ${got} came: ${answer.body.slice(0, 300)}`);
  const flaw = offDocument(bench.document, one.name, answer);
  if (flaw) report(asking, flaw);
  if (one.expectation.showsAll) return;
  const foreign = foreignTextIn(bench.world, bench.belongings, { caller, body: answer.body, name: one.name });
  if (foreign !== undefined) report(asking, `the answer shows ${foreign}`);
}

/** What the document does not say of an answer. */
export function offDocument(
  document: readonly Documented[],
  name: CaseName,
  { status, code }: Answered,
): string | undefined {
  const operation = document.find(({ operationId }) => operationId === name.split(':')[0]);
  if (!operation) return 'the document has no such operation';
  if (code === undefined) return status === operation.success ? undefined : `${status} is not the documented success`;
  return operation.codes.get(status)?.includes(code) ? undefined : `${status} ${code} is not documented`;
}

function report({ bench, one, place, caller }: Asking, what: string): void {
  bench.violations.push(`${one.name} at ${place.key} by ${caller.name}: ${what}`);
}
