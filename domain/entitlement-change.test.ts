import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CalendarDate } from './calendar-date.ts';
import type { ToldEntitlement } from './entitlement-change.ts';
import { entitlementChange } from './entitlement-change.ts';

const date = (text: string) => text as CalendarDate;
const held: ToldEntitlement = { decision: true, reason: 'held', until: date('2027-03-31') };
const grace: ToldEntitlement = { decision: true, reason: 'grace', until: date('2027-03-31') };
const no = (reason: 'noLicence' | 'suspended' | 'ended' | 'removed'): ToldEntitlement => ({
  decision: false,
  reason,
  until: null,
});

describe('the change of an entitlement', () => {
  const cases: [string, ToldEntitlement, ToldEntitlement, ReturnType<typeof entitlementChange>][] = [
    ['a licence is given', no('noLicence'), held, 'given'],
    ['one is given in the grace', no('noLicence'), grace, 'given'],
    ['it is taken back', held, no('noLicence'), 'taken'],
    ['the member is removed', held, no('removed'), 'taken'],
    ['the term and its grace are over', grace, no('suspended'), 'changed'],
    ['the grace begins', held, grace, 'ending'],
    ['the term is renewed in the grace', grace, { ...held, until: date('2028-03-31') }, 'renewed'],
    ['the term is renewed in time', held, { ...held, until: date('2028-03-31') }, 'renewed'],
    ['the term becomes shorter', { ...held, until: date('2028-03-31') }, held, 'changed'],
    ['another reason to say no', no('noLicence'), no('suspended'), 'changed'],
    ['nothing', held, { ...held }, undefined],
    ['nothing, in a no', no('ended'), no('ended'), undefined],
  ];
  for (const [what, before, after, change] of cases) {
    it(`is ${change ?? 'none'} when this happens: ${what}`, () => {
      assert.equal(entitlementChange(before, after), change);
    });
  }
});
