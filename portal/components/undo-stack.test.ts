import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { forgetUndo, rememberUndo, takeUndo } from './undo-stack.ts';

const step = (message: string) => ({ message, undo: async () => {} });

describe('undo', () => {
  beforeEach(forgetUndo);

  it('goes back step by step, newest first', () => {
    rememberUndo(step('first'));
    rememberUndo(step('second'));
    assert.deepEqual([takeUndo()?.message, takeUndo()?.message, takeUndo()], ['second', 'first', undefined]);
  });

  it('takes a step once, whether by button or by key', () => {
    const first = step('first');
    rememberUndo(first);
    rememberUndo(step('second'));
    assert.equal(takeUndo(first), first);
    assert.equal(takeUndo(first), undefined);
    assert.equal(takeUndo()?.message, 'second');
  });

  it('keeps the twenty newest', () => {
    for (let number = 1; number <= 25; number += 1) rememberUndo(step(`${number}`));
    const taken = Array.from({ length: 21 }, () => takeUndo()?.message);
    assert.deepEqual([taken[0], taken[19], taken[20]], ['25', '6', undefined]);
  });
});
