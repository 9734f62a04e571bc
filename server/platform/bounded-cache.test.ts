import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBoundedCache } from './bounded-cache.ts';

test('it holds at most its limit, and keeps what is asked for', () => {
  const cache = createBoundedCache<number>(10);
  cache.set('kept', 0);
  for (let index = 1; index <= 1000; index += 1) {
    cache.set(String(index), index);
    assert.equal(cache.get('kept'), 0);
  }
  const held = Array.from({ length: 1001 }, (_, index) => cache.get(String(index))).filter(
    (value) => value !== undefined,
  );
  assert.ok(held.length > 0 && held.length <= 10, `${held.length} are held`);
  assert.equal(cache.get('1'), undefined);
});

test('a value that is set again is the new one', () => {
  const cache = createBoundedCache<string>(4);
  cache.set('a', 'old');
  cache.set('b', 'b');
  cache.set('c', 'c');
  cache.set('a', 'new');
  assert.equal(cache.get('a'), 'new');
});
