import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../../../contract/client.ts';
import type { ErrorCode } from '../../../../contract/error-code.ts';
import { doForMany } from './give-many.ts';

const no = (code: ErrorCode) => new ApiError(code, { type: 'about:blank', title: code, status: 409, code });
const people = Array.from({ length: 15 }, (_, index) => index);

describe('doing one thing for many', () => {
  it('stops when nothing is free any more, and says how many are left', async () => {
    const give = async (person: number) => {
      if (person >= 12) throw no('licencesExhausted');
      return person;
    };
    const result = await doForMany(people, give);
    assert.deepEqual([result.done.length, result.left, result.stoppedBy], [12, 3, 'licencesExhausted']);
  });

  it('goes on past a person who has one already', async () => {
    const give = async (person: number) => {
      if (person === 3) throw no('alreadyHolds');
      return person;
    };
    const result = await doForMany(people, give);
    assert.deepEqual([result.done.length, result.refused, result.left, result.stoppedBy], [14, 1, 0, undefined]);
  });

  it('tells its progress step by step', async () => {
    const heard: number[] = [];
    await doForMany(
      people.slice(0, 3),
      async (person) => person,
      (count) => heard.push(count),
    );
    assert.deepEqual(heard, [1, 2, 3]);
  });

  it('stops when the server is away', async () => {
    const result = await doForMany(people, () => Promise.reject(new ApiError('away')));
    assert.deepEqual([result.done.length, result.left, result.stoppedBy], [0, 15, 'offline']);
  });
});
