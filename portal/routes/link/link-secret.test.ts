import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { secretIn } from './link-secret.ts';

describe('secretIn', () => {
  const secret = 'kq3-Zr_0aaaaaaaaaaaaaaaaaaaa';
  it('is what follows the #', () => assert.equal(secretIn(`#${secret}`), secret));

  for (const hash of ['', '#', '#content', `#${secret} `, `#${'a'.repeat(101)}`]) {
    it(`is nothing in ${JSON.stringify(hash)}`, () => assert.equal(secretIn(hash), undefined));
  }
});
