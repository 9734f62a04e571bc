import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatId } from '../../domain/id.ts';
import { idWords, readId } from './id-words.ts';

const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('an id read as words', () => {
  it('is the 128 bits that the domain wrote', () => {
    fc.assert(
      fc.property(bytes, (uuid) => {
        assert.ok(readId(formatId('team', uuid), 'team_'.length));
        const view = new DataView(uuid.buffer, uuid.byteOffset);
        assert.deepEqual(
          [...idWords],
          [0, 4, 8, 12].map((at) => view.getUint32(at)),
        );
      }),
    );
  });

  it('is none where a digit is none, whichever it is', () => {
    const notDigits = fc.constantFrom('u', 'i', 'l', 'o', 'A', ' ', '-', '\u0130', '\uff10');
    fc.assert(
      fc.property(bytes, fc.nat({ max: 25 }), notDigits, (uuid, at, wrong) => {
        const id = formatId('acc', uuid);
        const where = 'acc_'.length + at;
        assert.equal(readId(id.slice(0, where) + wrong + id.slice(where + 1), 'acc_'.length), false);
      }),
    );
  });

  it('is none where it is longer, shorter, or more than 128 bits', () => {
    const id = formatId('acc', new Uint8Array(16).fill(255));
    assert.ok(readId(id, 4));
    assert.equal(readId(`${id}0`, 4), false);
    assert.equal(readId(id.slice(0, -1), 4), false);
    assert.equal(readId(id.replace('_7', '_8'), 4), false);
    assert.equal(readId('', 4), false);
  });
});
