import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { Fault } from './request-parts.ts';
import { nextToken, pageOf } from './search-page.ts';

describe('the token of a page', () => {
  const key = randomBytes(32);
  const token = nextToken({ after: 'acc_x', limit: 2 }, 'search one', key);
  const first = { token: undefined, limit: undefined };

  it('leads to the next page, with the limit of the first', () => {
    assert.deepEqual(pageOf({ token, limit: undefined }, 'search one', key), { after: 'acc_x', limit: 2 });
    assert.deepEqual(pageOf({ token, limit: 2 }, 'search one', key), { after: 'acc_x', limit: 2 });
  });

  it('is none of another search, another server or another limit', () => {
    assert.ok(pageOf({ token, limit: undefined }, 'search two', key) instanceof Fault);
    assert.ok(pageOf({ token, limit: undefined }, 'search one', randomBytes(32)) instanceof Fault);
    assert.ok(pageOf({ token, limit: 3 }, 'search one', key) instanceof Fault);
  });

  it('cannot be made up or changed', () => {
    const bytes = Buffer.from(token, 'base64url');
    for (const made of ['', 'x', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAA', token.slice(0, -2), `${token}AAAA`]) {
      assert.ok(pageOf({ token: made, limit: undefined }, 'search one', key) instanceof Fault, made);
    }
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      const made = changed.toString('base64url');
      assert.ok(pageOf({ token: made, limit: undefined }, 'search one', key) instanceof Fault, `byte ${index}`);
    }
  });

  it('is for pages of at most a thousand', () => {
    assert.deepEqual(pageOf(first, '', key), { after: '', limit: 1000 });
    assert.deepEqual(pageOf({ ...first, limit: 5000 }, '', key), { after: '', limit: 1000 });
    assert.deepEqual(pageOf({ ...first, limit: 0 }, '', key), { after: '', limit: 0 });
    const long = nextToken({ after: 'a', limit: 1000 }, '', key);
    assert.deepEqual(pageOf({ token: long, limit: 5000 }, '', key), { after: 'a', limit: 1000 });
  });
});
