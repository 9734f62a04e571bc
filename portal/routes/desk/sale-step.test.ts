import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SaleFacts } from './sale-step.ts';
import { currentStep, saleSteps, stepState } from './sale-step.ts';

const nothing: SaleFacts = { hasCustomer: false, offerPhase: undefined, hasTeam: false, hasOrder: false };

describe('currentStep', () => {
  const cases = [
    { facts: nothing, step: 'customer' },
    { facts: { ...nothing, hasCustomer: true }, step: 'offer' },
    { facts: { ...nothing, hasCustomer: true, offerPhase: 'pending' }, step: 'offer' },
    { facts: { ...nothing, hasCustomer: true, offerPhase: 'expired', hasTeam: true }, step: 'offer' },
    { facts: { ...nothing, hasCustomer: true, offerPhase: 'accepted' }, step: 'team' },
    { facts: { ...nothing, hasCustomer: true, offerPhase: 'accepted', hasTeam: true }, step: 'order' },
    { facts: { ...nothing, hasCustomer: true, offerPhase: 'accepted', hasOrder: true }, step: 'order' },
  ] as const;
  for (const { facts, step } of cases) {
    it(`is ${step} for ${JSON.stringify(facts)}`, () => assert.equal(currentStep(facts), step));
  }
});

describe('stepState', () => {
  it('tells what is done, what is on and what is ahead', () =>
    assert.deepEqual(
      saleSteps.map((step) => stepState(step, 'offer')),
      ['done', 'done', 'current', 'ahead', 'ahead'],
    ));
});
