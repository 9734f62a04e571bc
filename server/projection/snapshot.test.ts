import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { trustedPart } from './snapshot.ts';

describe('a snapshot after the connection was lost', () => {
  const cases: [string, string, string | null, string][] = [
    ['ends behind the highest transaction that was seen', '850:860:', '848', '849:849:'],
    ['keeps what was under way below it', '840:860:840,845,855', '850', '840:851:840,845'],
    ['stays where the highest one is its last', '850:850:', '849', '850:850:'],
    ['trusts nothing where nothing was seen', '850:860:855', null, '1:1:'],
  ];
  for (const [what, snapshot, highest, trusted] of cases) {
    it(what, () => {
      assert.equal(trustedPart(snapshot, highest), trusted);
    });
  }
});
