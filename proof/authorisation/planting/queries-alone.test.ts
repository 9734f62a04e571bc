import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outcomeOf } from './outcome.ts';

describe('the queries alone', () => {
  it('show nothing of another team, customer or partner, whatever the policies say', async () => {
    const { cells, violations } = await outcomeOf('queries-alone.process.ts');
    assert.ok(cells > 300, `${cells} answers`);
    assert.deepEqual(violations, []);
  });

  it('are told apart from one that has lost its restriction', async () => {
    const { violations } = await outcomeOf('queries-alone.process.ts', 'listMembers');
    assert.ok(
      violations.some((line) => line.includes(' shows ')),
      violations.join('\n'),
    );
  });
});
