import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CopyReader } from './copy-rows.ts';

type Row = readonly (string | null)[];

/** What PostgreSQL sends for these rows. */
function copyOf(rows: readonly Row[]): Buffer {
  const parts = [Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)];
  for (const row of rows) {
    const count = Buffer.alloc(2);
    count.writeInt16BE(row.length);
    parts.push(count);
    for (const field of row) {
      const value = Buffer.from(field ?? '');
      const length = Buffer.alloc(4);
      length.writeInt32BE(field === null ? -1 : value.length);
      parts.push(length, value);
    }
  }
  return Buffer.concat([...parts, Buffer.from([0xff, 0xff])]);
}

function read(copy: Buffer, cuts: readonly number[]): Row[] {
  const rows: Row[] = [];
  const reader = new CopyReader(({ bytes, starts, lengths }) => {
    const fields = [...starts.slice(0, 3)].map((start, field) => {
      const length = lengths[field] ?? -1;
      return length < 0 ? null : bytes.toString('utf8', start, start + length);
    });
    rows.push(fields);
  });
  const edges = [0, ...cuts.filter((cut) => cut < copy.length).toSorted((one, other) => one - other), copy.length];
  for (const [index, edge] of edges.slice(1).entries()) reader.push(copy.subarray(edges[index], edge));
  reader.end();
  return rows;
}

const field = fc.option(fc.string({ maxLength: 12, unit: 'grapheme' }));

describe('rows of a binary copy', () => {
  it('are the same wherever the stream was cut', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field, field)), fc.array(fc.nat({ max: 400 })), (rows, cuts) => {
        assert.deepEqual(read(copyOf(rows), cuts), rows);
      }),
    );
  });

  it('are not taken for all of them when the copy breaks off', () => {
    const copy = copyOf([['one', null, 'three']]);
    assert.throws(() => read(copy.subarray(0, -2), []), /before its last row/);
  });
});
