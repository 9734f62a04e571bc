import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchKey } from './search-key.ts';

const found: readonly (readonly [string, string])[] = [
  ['vltava', 'Atelier Vltava s.r.o.'],
  ['zak', 'Stavební kancelář Žák a synové'],
  ['ŽÁK', 'Stavební kancelář Žák a synové'],
  ['buero', 'Büro Süd Architekten PartG mbB'],
  ['büro', 'Buero Sued'],
  ['buro sud', 'Büro Süd Architekten PartG mbB'],
  ['gross weiss', 'Architekturbüro Groß + Weiß'],
  ['bridge span', 'Bridge & Span Ltd.'],
  ['lodz', 'Biuro Łódź'],
  ['Bu\u0308ro', 'Büro Süd'],
];

for (const [typed, name] of found) {
  test(`${typed} finds ${name}`, () => assert.ok(searchKey(name).includes(searchKey(typed))));
}

test('another name is not found', () => {
  assert.equal(searchKey('Atelier Vltava').includes(searchKey('Morava')), false);
});

test('signs alone leave nothing to search for', () => assert.equal(searchKey(' + & . '), ''));
