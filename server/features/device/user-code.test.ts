import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newUserCode, parseUserCode } from './user-code.ts';

test('a new code reads back as itself, however it is typed', () => {
  for (let round = 0; round < 200; round += 1) {
    const code = newUserCode();
    assert.match(code, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    assert.equal(parseUserCode(code), code);
    assert.equal(parseUserCode(` ${code.toLowerCase().replace('-', ' ')} `), code);
  }
});

for (const text of ['', 'BDWP-HQP', 'BDWP-HQPKK', 'BDWP-HQPA', 'BDWP-HQP1', 'ŽDWP-HQPK']) {
  test(`"${text}" is no code`, () => assert.equal(parseUserCode(text), undefined));
}
