import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { slugFor } from './team-slug.ts';

const random = fc.uint8Array({ minLength: 5, maxLength: 5 });
const zeros = new Uint8Array(5);

test('a slug is safe in an address and ends in eight random letters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 90 }), random, (name, bytes) => {
      assert.match(slugFor(name, bytes), /^[a-z0-9]+(?:-[a-z0-9]+)*-[0-9a-hjkmnp-tv-z]{8}$/);
      assert.ok(slugFor(name, bytes).length <= 49);
    }),
  );
});

test('two teams of one name have different slugs', () => {
  fc.assert(
    fc.property(fc.string(), random, random, (name, one, other) => {
      fc.pre(one.join() !== other.join());
      assert.notEqual(slugFor(name, one), slugFor(name, other));
    }),
  );
});

const slugs = [
  ['Büro Nord & Partner', 'buro-nord-partner-00000000'],
  ['Příčný řez', 'pricny-rez-00000000'],
  ['Straße 7', 'strasse-7-00000000'],
  [`${'x'.repeat(39)} y`, `${'x'.repeat(39)}-00000000`],
  ['設計', 'team-00000000'],
  ['', 'team-00000000'],
] as const;

for (const [name, slug] of slugs) {
  test(`'${name}' becomes ${slug}`, () => assert.equal(slugFor(name, zeros), slug));
}

test('fewer random bytes throw', () => {
  assert.throws(() => slugFor('Büro', new Uint8Array(4)), RangeError);
  assert.throws(() => slugFor('Büro', new Uint8Array(10)), RangeError);
});
