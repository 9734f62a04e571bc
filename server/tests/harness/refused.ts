import assert from 'node:assert/strict';
import { ApiError } from '../../../contract/client.ts';
import type { ErrorCode } from '../../../contract/error-code.ts';

/** Expects a call to be refused with this code. */
export async function refused(call: Promise<unknown>, code: ErrorCode): Promise<ApiError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiError))
    assert.fail(`expected ${code}, got ${error === undefined ? 'an answer' : String(error)}`);
  assert.equal(error.code, code);
  return error;
}
