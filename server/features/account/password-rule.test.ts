import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isStolenOften } from './common-password.ts';
import { isCommonPassword } from './password-rule.ts';

const owner = { email: 'jana.novakova@atelier.example', name: 'Jana Nováková' };
const known = ['Namesake', 'Muster Software'];

const refused = {
  'a common one': 'password123',
  'a common one in capitals': 'QwertyUIOP',
  'a common one with spaces': 'password 123',
  'a common one in full-width letters': 'ｑｗｅｒｔｙｕｉｏｐ',
  'one character again and again': 'aaaaaaaaaaaaaaaa',
  'a few characters again and again': '121212343412',
  'the address': 'jana.novakova@atelier.example',
  'what stands before the at sign': 'Jana.Novakova1',
  'the name': 'jana nováková!',
  'the family name twice': 'NovákováNováková',
  'the name of the product': 'namesake123',
  'the name of the vendor': 'MusterSoftware1',
};

for (const [what, password] of Object.entries(refused)) {
  test(`refuses ${what}`, () => assert.equal(isCommonPassword(password, owner, known), true));
}

const taken = {
  'four plain words': 'violet harbour seldom cup',
  'a sentence with the name in it': 'jana likes rainy tuesdays',
  'characters of any script': 'žluťoučký kůň 竹林',
};

for (const [what, password] of Object.entries(taken)) {
  test(`takes ${what}`, () => assert.equal(isCommonPassword(password, owner, known), false));
}

test('knows the ten thousand that were stolen most often', () => {
  const marks = readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  assert.equal(new Set(marks).size, 10_000);
  for (const password of ['4815162342', 'tonystewart', 'toshiba2771']) assert.equal(isStolenOften(password), true);
  assert.equal(isStolenOften('violetharbourseldomcup'), false);
});
