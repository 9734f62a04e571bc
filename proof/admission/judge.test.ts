import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answer, Verdict } from './judge.ts';
import { judge, judgeHolder } from './judge.ts';

const CHANGED = 10_000;
const yes = { decision: true, staleSeconds: undefined, demandsRevision: false, unavailable: false };
const no = { ...yes, decision: false };

type Case = Answer & { readonly what: string; readonly verdict: Verdict };

const takes: readonly Case[] = [
  { what: 'a no', ...no, askedAt: CHANGED + 5000, verdict: 'fine' },
  { what: 'a yes within the bound', ...yes, askedAt: CHANGED + 900, verdict: 'fine' },
  { what: 'a yes that was asked before, whenever it came', ...yes, askedAt: CHANGED - 1, verdict: 'fine' },
  { what: 'a yes after the bound', ...yes, askedAt: CHANGED + 1001, verdict: 'unmarkedLate' },
  { what: 'a marked yes after the bound', ...yes, staleSeconds: 6, askedAt: CHANGED + 5000, verdict: 'markedLate' },
  { what: 'a marked yes older than a minute', ...yes, staleSeconds: 61, askedAt: CHANGED + 5000, verdict: 'tooOld' },
  { what: 'the same, asked before the take', ...yes, staleSeconds: 61, askedAt: CHANGED - 5000, verdict: 'tooOld' },
  {
    what: 'a marked yes younger than the take',
    ...yes,
    staleSeconds: 3,
    askedAt: CHANGED + 5000,
    verdict: 'ageUnderstated',
  },
  {
    what: 'a yes that was to know of the take',
    ...yes,
    demandsRevision: true,
    askedAt: CHANGED,
    verdict: 'revisionIgnored',
  },
];

const gifts: readonly Case[] = [
  { what: 'a yes', ...yes, askedAt: CHANGED + 5000, verdict: 'fine' },
  { what: 'a yes from what is older than a minute', ...yes, staleSeconds: 61, askedAt: CHANGED, verdict: 'tooOld' },
  { what: 'a no within the bound', ...no, askedAt: CHANGED + 900, verdict: 'fine' },
  { what: 'a no after the bound', ...no, askedAt: CHANGED + 1001, verdict: 'shutOut' },
  { what: 'a marked no after the bound', ...no, staleSeconds: 3, askedAt: CHANGED + 2000, verdict: 'fine' },
  { what: 'a no because nobody can tell', ...no, unavailable: true, askedAt: CHANGED + 90_000, verdict: 'fine' },
  {
    what: 'a no that was to know of the gift',
    ...no,
    demandsRevision: true,
    askedAt: CHANGED,
    verdict: 'revisionIgnored',
  },
];

describe('the judge of checks', () => {
  for (const { what, verdict, ...answer } of takes) {
    it(`finds ${what} ${verdict}, when the licence was taken`, () => assert.equal(judge(answer, CHANGED), verdict));
  }
  for (const { what, verdict, ...answer } of gifts) {
    it(`finds ${what} ${verdict}, when a licence was given`, () => assert.equal(judgeHolder(answer, CHANGED), verdict));
  }
});
