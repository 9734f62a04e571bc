import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Manifest } from '../../server/features/backup/manifest.ts';
import { faultsOfMails } from './owed.ts';
import { compare } from './round.ts';

const manifestOf = (sha256: string, rows: number): Manifest => ({
  format: 1,
  at: '2026-03-02T09:00:00.000Z',
  postgres: '18.4',
  migrations: ['001-record'],
  seed: 'demo',
  tables: [{ name: 'licence', columns: ['id'], rows, bytes: 1, sha256 }],
  sequences: [],
  record: { streams: 0, events: 0, digest: '' },
});

describe('the checks of a restore', () => {
  it('tell of a table that has other rows, or is gone', () => {
    const before = manifestOf('a', 3);
    assert.deepEqual(compare(before, manifestOf('a', 3)), []);
    assert.match(compare(before, manifestOf('b', 2)).join(), /licence has 2 rows/);
    assert.match(compare(before, { ...before, tables: [] }).join(), /licence has undefined rows/);
  });

  it('tell of a mail that was forgotten and of one that was sent twice', () => {
    assert.deepEqual(
      faultsOfMails(
        ['ntc_1'],
        new Map([
          ['ntc_1', 1],
          ['ntc_2', 1],
        ]),
      ),
      [],
    );
    assert.match(faultsOfMails(['ntc_1'], new Map()).join(), /ntc_1 was forgotten/);
    assert.match(faultsOfMails([], new Map([['ntc_1', 2]])).join(), /ntc_1 was sent 2 times/);
  });
});
