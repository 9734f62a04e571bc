import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Outcome } from './outcome.ts';
import { outcomeOf } from './outcome.ts';

describe('the queries alone', () => {
  let outcome: Outcome & { readonly leaked?: readonly string[] };
  before(async () => {
    outcome = await outcomeOf('queries-alone.process.ts');
  });

  it('show nothing of another team, customer or partner, whatever the policies say', () => {
    const { cells, violations } = outcome;
    assert.ok(cells > 300, `${cells} answers`);
    assert.deepEqual(violations, []);
  });

  it('are told apart from one that has lost its restriction', () => {
    const { leaked = [] } = outcome;
    assert.ok(
      leaked.some((line) => line.startsWith('listMembers') && line.includes(' shows ')),
      leaked.join('\n'),
    );
  });
});
