import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatId, idPrefixes, isId, uuidV7Bytes } from './id.ts';

const fromHex = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const milliseconds = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const random = fc.uint8Array({ minLength: 10, maxLength: 10 });
const prefix = fc.constantFrom(...Object.values(idPrefixes));

const published = [
  ['00000000000000000000000000000000', '00000000000000000000000000'],
  ['00000000000000000000000000000001', '00000000000000000000000001'],
  ['00000000000000000000000000000010', '0000000000000000000000000g'],
  ['00000000000000000000000000000020', '00000000000000000000000010'],
  ['ffffffffffffffffffffffffffffffff', '7zzzzzzzzzzzzzzzzzzzzzzzzz'],
  ['0110c8531d0952d8d73e1194e95b5f19', '0123456789abcdefghjkmnpqrs'],
  ['01890a5dac96774bbcceb302099a8057', '01h455vb4pex5vsknk084sn02q'],
] as const;

for (const [uuid, suffix] of published) {
  test(`the TypeID of ${uuid} ends as the specification says`, () => {
    assert.equal(formatId('team', fromHex(uuid)), `team_${suffix}`);
  });
}

test('an id is of its own kind and of no other', () => {
  fc.assert(
    fc.property(prefix, prefix, milliseconds, random, (kind, other, at, bytes) => {
      const id = formatId(kind, uuidV7Bytes(at, bytes));
      assert.equal(isId(kind, id), true);
      assert.equal(isId(other, id), kind === other);
    }),
  );
});

test('ids of one kind sort by the time they were made', () => {
  fc.assert(
    fc.property(milliseconds, milliseconds, random, random, (one, other, oneRandom, otherRandom) => {
      fc.pre(one < other);
      assert.ok(formatId('ord', uuidV7Bytes(one, oneRandom)) < formatId('ord', uuidV7Bytes(other, otherRandom)));
    }),
  );
});

test('a UUID carries its time, version 7 and the variant of RFC 9562', () => {
  fc.assert(
    fc.property(milliseconds, random, (at, bytes) => {
      const hex = Buffer.from(uuidV7Bytes(at, bytes)).toString('hex');
      assert.equal(Number.parseInt(hex.slice(0, 12), 16), at);
      assert.match(hex.slice(12), /^7[0-9a-f]{3}[89ab]/);
      assert.equal(hex.slice(18), Buffer.from(bytes).toString('hex').slice(6));
    }),
  );
});

const malformed = [
  ['nothing', ''],
  ['the prefix alone', 'team_'],
  ['no prefix', '01h455vb4pex5vsknk084sn02q'],
  ['a capital letter', 'team_01H455vb4pex5vsknk084sn02q'],
  ['a letter outside the alphabet', 'team_01h455vb4pex5vsknk084sn02l'],
  ['more than 128 bits', 'team_8zzzzzzzzzzzzzzzzzzzzzzzzz'],
  ['a digit too few', 'team_01h455vb4pex5vsknk084sn02'],
  ['a digit too many', 'team_01h455vb4pex5vsknk084sn02qq'],
  ['a line break at the end', 'team_01h455vb4pex5vsknk084sn02q\n'],
  ['a dash for the underscore', 'team-01h455vb4pex5vsknk084sn02q'],
] as const;

for (const [name, text] of malformed) {
  test(`${name} is no id`, () => assert.equal(isId('team', text), false));
}

test('wrong sizes and times throw', () => {
  assert.throws(() => formatId('team', new Uint8Array(15)), RangeError);
  assert.throws(() => uuidV7Bytes(0, new Uint8Array(9)), RangeError);
  for (const at of [-1, 1.5, Number.NaN, 2 ** 48]) assert.throws(() => uuidV7Bytes(at, new Uint8Array(10)), RangeError);
});

test('every kind of id has a prefix of its own', () => {
  const prefixes = Object.values(idPrefixes);
  assert.equal(new Set(prefixes).size, prefixes.length);
  for (const text of prefixes) assert.match(text, /^[a-z]+$/);
});
