import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { deviceSearch, isWholeCode, tidyCode } from './device-code.ts';

describe('device code', () => {
  const cases = [
    { typed: 'bcdfghjk', code: 'BCDF-GHJK', whole: true },
    { typed: ' bcdf ghjk ', code: 'BCDF-GHJK', whole: true },
    { typed: 'BCDF-GHJK-LMN', code: 'BCDF-GHJK', whole: true },
    { typed: 'bcd', code: 'BCD', whole: false },
    { typed: '', code: '', whole: false },
  ];
  for (const { typed, code, whole } of cases) {
    it(`of “${typed}” is ${code || 'nothing'}`, () => {
      assert.equal(tidyCode(typed), code);
      assert.equal(isWholeCode(typed), whole);
    });
  }

  it('stays the same when it is tidy', () => {
    fc.assert(fc.property(fc.string(), (text) => assert.equal(tidyCode(tidyCode(text)), tidyCode(text))));
  });

  it('is taken from the address where it is one', () => {
    assert.deepEqual(deviceSearch({ code: 'BCDF-GHJK' }), { code: 'BCDF-GHJK' });
    assert.deepEqual(deviceSearch({ code: 7 }), {});
    assert.deepEqual(deviceSearch({ code: 'X'.repeat(21) }), {});
  });
});
