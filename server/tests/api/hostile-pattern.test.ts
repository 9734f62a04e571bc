import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseCustomerNumber } from '../../../domain/customer-number.ts';
import { parseEmailAddress } from '../../../domain/email-address.ts';
import { searchKey } from '../../../domain/search-key.ts';
import { headingKey, oneLine } from '../../../domain/table.ts';
import { slugFor } from '../../../domain/team-slug.ts';
import { bearerOf } from '../../platform/http/authenticate.ts';
import { requestIdOf } from '../../platform/http/request-id.ts';

const document = readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8');

/** Every pattern that the API's description holds values against. */
const patterns = [
  ...new Set([...document.matchAll(/"pattern": (".*")/g)].map(([, text = '']) => JSON.parse(text) as string)),
];

const UNITS = [
  'a',
  'a.',
  '0',
  '-',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '(',
  '[',
  '"',
  '@',
  'a@',
  '.',
  ',',
  'ß',
  '\u0300\u0327',
  '👍',
  '_',
  '/',
  'Bearer ',
];
const LENGTH = 30_000;
const ENDS = ['', '!', '\u0000', '@x'];
/** What takes longer grows with the square of what was sent, or worse. */
const MOST_MILLISECONDS = 300;

/** The longest that a function takes, or too long, for texts that make a backtracking pattern work hardest. */
function slowest(work: (text: string) => unknown): number {
  let most = 0;
  for (const unit of UNITS) {
    for (const end of ENDS) {
      const text = unit.repeat(LENGTH / unit.length) + end;
      const begun = performance.now();
      work(text);
      most = Math.max(most, performance.now() - begun);
      if (most > MOST_MILLISECONDS) return most;
    }
  }
  return most;
}

describe('texts that were made to keep a pattern busy', () => {
  it('keep none of the description busy', () => {
    assert.ok(patterns.length > 20);
    for (const pattern of patterns) {
      const expression = new RegExp(pattern, 'u');
      assert.ok(slowest((text) => expression.test(text)) < MOST_MILLISECONDS, pattern);
    }
  });

  for (const [what, work] of Object.entries({
    parseEmailAddress,
    parseCustomerNumber,
    headingKey,
    oneLine,
    bearerOf,
    requestIdOf,
    'a search of at most 100 characters': (text: string) => searchKey(text.slice(0, 100)),
    'a slug of a name of at most 80 characters': (text: string) => slugFor(text.slice(0, 80), new Uint8Array(5)),
  })) {
    it(`do not keep ${what} busy`, () => assert.ok(slowest(work) < MOST_MILLISECONDS));
  }

  it('would be noticed', () => {
    const quadratic = (text: string) => text.replaceAll(/\([^)]*\)/g, '');
    assert.ok(slowest(quadratic) > MOST_MILLISECONDS);
  });
});
