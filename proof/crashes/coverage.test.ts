import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OfferId, OrderId } from '../../domain/id.ts';
import type { Done } from './coverage.ts';
import { neverDone } from './coverage.ts';
import { cuts } from './database-proxy.ts';
import { killKinds } from './faults.ts';
import type { Ledger, LedgerOffer, LedgerOrder } from './ledger.ts';
import type { Work } from './work-of.ts';
import { Steps } from './work-of.ts';

const SIGNS: Readonly<Record<string, string>> = {
  ...{ offer: 'insert into "offer"', accept: 'update "offer"', order: 'insert into "order"' },
  ...{ complete: 'insert into "team"', provision: 'insert into "subscription"', notice: 'update "notice"' },
  ...{ give: 'select give_licence(', take: 'select take_licence(', move: 'select move_licence(' },
};

/** Whose change is one statement that commits by itself. */
const ALONE = new Set(['notice', 'give', 'take', 'move']);

/** Steps that were cut at each moment at which a change becomes lasting, but for one. */
function stepsCut(except?: string): Steps {
  const steps = new Steps();
  for (const [name, sign] of Object.entries(SIGNS)) {
    const work = name as Work; // they are named like this
    steps.saw(ALONE.has(name) ? [sign] : ['begin', sign, 'commit']);
    for (const moment of cuts.filter((each) => `${name} ${each}` !== except)) {
      for (const step of steps.decisive(work)) steps.noteCut(work, step, moment);
    }
  }
  return steps;
}

/** A run in which everything has come about. */
function whole(seconds: number): Done {
  const offers = [{ acceptedBy: 'phone' }, { acceptedBy: 'link' }];
  const orders = [true, false].map((waited) => ({ waited, completion: { told: [] } }));
  return {
    ...{ seconds, steps: stepsCut(), repeated: 1, clientCuts: { before: 1, during: 1, answer: 1 } },
    kills: Object.fromEntries(killKinds.map((kind) => [kind, 1])) as Done['kills'],
    ledger: {
      offers: new Map(offers.map((offer, index) => [`off_${index}` as OfferId, offer as LedgerOffer])),
      orders: new Map(orders.map((order, index) => [`ord_${index}` as OrderId, order as unknown as LedgerOrder])),
      commands: [{}] as Ledger['commands'],
    },
  };
}

const nothing = (seconds: number): Done => ({
  ...{ seconds, steps: new Steps(), repeated: 0, clientCuts: { before: 0, during: 0, answer: 0 } },
  kills: Object.fromEntries(killKinds.map((kind) => [kind, 0])) as Done['kills'],
  ledger: { offers: new Map(), orders: new Map(), commands: [] },
});

describe('what a run of kills must have come to', () => {
  it('is there where everything has come about', () => {
    for (const seconds of [25, 150, 1900]) assert.deepEqual(neverDone(whole(seconds)), []);
  });

  it('is missed, the more the longer it took', () => {
    const counts = [25, 150, 1900].map((seconds) => neverDone(nothing(seconds)).length);
    assert.deepEqual(counts, [3, 3 + 7 + 3 + 4 + 1, 3 + 7 + 3 + 4 + 1 + 27]);
  });

  it('names a change that was never cut between its commit and its answer', () => {
    const done = { ...whole(600), steps: stepsCut('give answer') };
    assert.deepEqual(neverDone(done), ['never came about: a cut of give at its commit (answer)']);
  });
});
