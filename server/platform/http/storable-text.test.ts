import assert from 'node:assert/strict';
import test from 'node:test';
import { pathOfUnstorable } from './storable-text.ts';

test('text that no column takes is found wherever it stands', () => {
  assert.deepEqual(pathOfUnstorable({ people: [{ name: 'Jörg' }, { name: 'a\0' }] }), ['people', '1', 'name']);
  assert.deepEqual(pathOfUnstorable({ search: '\ud800' }), ['search']);
  assert.deepEqual(pathOfUnstorable('x\udc00'), []);
});

test('whatever else people type can be kept', () => {
  assert.equal(pathOfUnstorable({ name: '👩‍👩‍👧 \u202e \uffff', count: 3, none: null, list: [true] }), undefined);
});
