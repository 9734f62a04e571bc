import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { plantedFaults } from './faults.ts';
import type { Outcome } from './outcome.ts';
import { outcomeOf } from './outcome.ts';

describe('the matrix reports', () => {
  let outcome: Outcome;
  before(async () => {
    outcome = await outcomeOf('planted.process.ts');
  });

  for (const { name, noticedBy, report } of plantedFaults) {
    it(name, () => {
      const reported = outcome.violations.filter((line) => line.startsWith(noticedBy));
      assert.ok(
        reported.some((line) => report.test(line)),
        `${noticedBy} reported ${reported.slice(0, 5).join('\n') || 'nothing'}`,
      );
    });
  }
});
