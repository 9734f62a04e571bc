import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reportOf } from './part.ts';

const calm = { operations: 10, faults: 2, violations: [], figures: { kills: 2 } };

describe('the report of a part', () => {
  it('passes where everything held', () => {
    assert.deepEqual(reportOf('races', 7, calm), { ...calm, name: 'races', seed: 7, violations: 0, pass: true });
  });

  it('counts violations, and does not pass with one', () => {
    const report = reportOf('races', 7, { ...calm, violations: ['licence 3 has two holders'] });
    assert.equal(report.violations, 1);
    assert.equal(report.pass, false);
  });

  it('does not pass where nothing was done', () => {
    assert.equal(reportOf('races', 7, { ...calm, operations: 0 }).pass, false);
  });
});
