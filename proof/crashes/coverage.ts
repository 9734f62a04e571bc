import type { CutMoment } from './database-proxy.ts';
import { cuts } from './database-proxy.ts';
import type { KillKind } from './faults.ts';
import { killKinds } from './faults.ts';
import type { Ledger } from './ledger.ts';
import type { Steps, Work } from './work-of.ts';

/** What a run has done, of which something must have come about for its silence to mean anything. */
export interface Done {
  readonly seconds: number;
  /** How often each thing was killed. */
  readonly kills: Readonly<Record<KillKind, number>>;
  readonly clientCuts: Readonly<Record<CutMoment, number>>;
  readonly steps: Steps;
  readonly ledger: Pick<Ledger, 'offers' | 'orders' | 'commands'>;
  readonly repeated: number;
}

/** In so many seconds every kind of fault comes. */
const ALL_KINDS_SECONDS = 120;
/** In so many each change is cut at each moment where it becomes lasting. */
const ALL_CUTS_SECONDS = 600;
const WORKS: readonly Work[] = [
  ...(['offer', 'accept', 'order', 'complete', 'provision', 'notice', 'give', 'take', 'move'] as const),
];

/** What never came about although the run was long enough for it. */
export function neverDone({ seconds, kills, clientCuts, steps, ledger, repeated }: Done): string[] {
  const all = killKinds.reduce((sum, kind) => sum + kills[kind], 0);
  const anyTime = { 'a kill': all, 'a command': ledger.commands.length, 'an order': ledger.orders.size };
  const inTime = {
    ...Object.fromEntries(killKinds.map((kind) => [kind, kills[kind]])),
    ...Object.fromEntries(cuts.map((moment) => [`clientCut ${moment}`, clientCuts[moment]])),
    ...salesOf(ledger),
    'a repeated call': repeated,
  };
  return [
    ...missing(anyTime),
    ...(seconds >= ALL_KINDS_SECONDS ? missing(inTime) : []),
    ...(seconds >= ALL_CUTS_SECONDS ? missing(decisiveCuts(steps)) : []),
  ];
}

function salesOf({ offers, orders }: Done['ledger']): Record<string, number> {
  const count = <T>(all: ReadonlyMap<string, T>, is: (one: T) => boolean) => [...all.values()].filter(is).length;
  return {
    'an acceptance on the phone': count(offers, ({ acceptedBy }) => acceptedBy === 'phone'),
    'an acceptance by a mailed link': count(offers, ({ acceptedBy }) => acceptedBy === 'link'),
    'an order for a team that was known': count(orders, ({ waited, completion }) => !waited && !!completion),
    'an order that was completed by a mailed link': count(orders, ({ waited, completion }) => waited && !!completion),
  };
}

/** How often each kind of change was cut before, at and after it became lasting. */
export function decisiveCuts(steps: Steps): Record<string, number> {
  const counts = WORKS.flatMap((work) =>
    cuts.map((moment): [string, number] => [
      `a cut of ${work} at its commit (${moment})`,
      steps.decisive(work).reduce((sum, step) => sum + steps.timesCut(work, step, moment), 0),
    ]),
  );
  return Object.fromEntries(counts);
}

const missing = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [] : [`never came about: ${what}`]));
