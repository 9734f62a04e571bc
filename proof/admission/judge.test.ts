import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answer, Verdict } from './judge.ts';
import { judge } from './judge.ts';

const TAKEN = 10_000;
const yes = { decision: true, staleSeconds: undefined, demandsRevision: false };

const cases: readonly (Omit<Answer, 'answeredAt'> & { readonly what: string; readonly verdict: Verdict })[] = [
  { what: 'a no', ...yes, decision: false, askedAt: TAKEN + 5000, verdict: 'fine' },
  { what: 'a yes within the bound', ...yes, askedAt: TAKEN + 900, verdict: 'fine' },
  { what: 'a yes that was asked before, whenever it came', ...yes, askedAt: TAKEN - 1, verdict: 'fine' },
  { what: 'a yes after the bound', ...yes, askedAt: TAKEN + 1001, verdict: 'unmarkedLate' },
  { what: 'a marked yes after the bound', ...yes, staleSeconds: 6, askedAt: TAKEN + 5000, verdict: 'markedLate' },
  { what: 'a marked yes older than a minute', ...yes, staleSeconds: 61, askedAt: TAKEN + 5000, verdict: 'tooOld' },
  { what: 'the same, asked before the take', ...yes, staleSeconds: 61, askedAt: TAKEN - 5000, verdict: 'tooOld' },
  {
    what: 'a marked yes younger than the take',
    ...yes,
    staleSeconds: 3,
    askedAt: TAKEN + 5000,
    verdict: 'ageUnderstated',
  },
  {
    what: 'a yes that was to know of the take',
    ...yes,
    demandsRevision: true,
    askedAt: TAKEN,
    verdict: 'revisionIgnored',
  },
];

describe('the judge of checks', () => {
  for (const { what, verdict, ...answer } of cases) {
    it(`finds ${what} ${verdict}`, () =>
      assert.equal(judge({ ...answer, answeredAt: answer.askedAt + 1 }, TAKEN), verdict));
  }
});
