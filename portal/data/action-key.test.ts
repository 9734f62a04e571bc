import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../../contract/client.ts';
import type { ErrorCode } from '../../contract/error-code.ts';
import { nextTry } from './action-key.ts';

const first = { input: { quantity: 12 }, idempotencyKey: 'first' };
const newKey = () => 'second';

function problem(code: ErrorCode): ApiError {
  return new ApiError(code, { type: 'about:blank', title: code, status: 409, code });
}

describe('nextTry', () => {
  const cases = [
    { story: 'an answer that got lost', input: { quantity: 12 }, error: new ApiError('lost'), key: 'first' },
    { story: 'a database that was away', input: { quantity: 12 }, error: problem('databaseUnavailable'), key: 'first' },
    {
      story: 'a first try that still runs',
      input: { quantity: 12 },
      error: problem('idempotencyInProgress'),
      key: 'first',
    },
    { story: 'other input', input: { quantity: 13 }, error: new ApiError('lost'), key: 'second' },
    { story: 'a clear no', input: { quantity: 12 }, error: problem('licencesExhausted'), key: 'second' },
  ];
  for (const { story, input, error, key } of cases) {
    it(`has the ${key} key after ${story}`, () => {
      assert.equal(nextTry(input, newKey, { try: first, error }).idempotencyKey, key);
    });
  }

  it('has a new key for a first try', () => assert.equal(nextTry({}, newKey).idempotencyKey, 'second'));
});
