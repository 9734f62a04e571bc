import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseTeamName, teamNameKey } from './team-name.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 30 });
const spacing = fc.constantFrom(' ', '  ', '\t', '\u00a0', '\u200b', '');

test('the key of a key is that key', () => {
  fc.assert(
    fc.property(anyText, (name) => assert.equal(teamNameKey(teamNameKey(name)), teamNameKey(name))),
    { numRuns: 2000 },
  );
});

test('Unicode form does not matter', () => {
  fc.assert(
    fc.property(anyText, fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), (name, form) => {
      assert.equal(teamNameKey(name.normalize(form)), teamNameKey(name));
    }),
    { numRuns: 2000 },
  );
});

test('case and spacing do not matter', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('Büro', 'Straße', 'Příčný', 'Nord', '3D', 'Ωdeon'), { minLength: 1 }),
      spacing,
      (words, gap) => {
        const key = teamNameKey(words.join(' '));
        assert.equal(teamNameKey(` ${words.join(gap)} `), key);
        assert.equal(teamNameKey(words.join(gap).toUpperCase()), key);
        assert.equal(teamNameKey(words.join(gap).toLowerCase()), key);
      },
    ),
  );
});

const same = [
  ['Büro Nord', 'bu\u0308ro  NORD'],
  ['Straße', 'STRASSE'],
  ['ΟΔΟΣ', 'οδος'],
  ['ﬁrst floor', 'First Floor'],
  ['Ａ１', 'a1'],
  ['Ha\u200b\u0301z', 'Ház'],
] as const;

for (const [one, other] of same) {
  test(`'${one}' and '${other}' are one name`, () => assert.equal(teamNameKey(one), teamNameKey(other)));
}

for (const [one, other] of [
  ['Büro Nord', 'Buro Nord'],
  ['Team 1', 'Team 11'],
  ['A-B', 'AB'],
  ['Čapek', 'Capek'],
] as const) {
  test(`'${one}' and '${other}' are two names`, () => assert.notEqual(teamNameKey(one), teamNameKey(other)));
}

const names = [
  ['  Büro Nord ', 'Büro Nord'],
  ['Bu\u0308ro', 'Büro'],
  ['👷‍♀️ Site', '👷‍♀️ Site'],
  ['x', 'x'],
  ['𝔸'.repeat(80), '𝔸'.repeat(80)],
] as const;

for (const [typed, name] of names) {
  test(`'${typed}' is read as '${name}'`, () => assert.equal(parseTeamName(typed), name));
}

const unreadable = [
  ['nothing', ''],
  ['spaces', '   '],
  ['nothing to see', '\u200b\u2060'],
  ['81 characters', 'x'.repeat(81)],
  ['a line break', 'Büro\nNord'],
  ['a line separator', 'Büro\u2028Nord'],
  ['a control character', 'Büro\u0000'],
  ['a turned direction', 'Büro \u202egnp.exe'],
  ['half a character', 'Büro \ud800'],
] as const;

for (const [what, typed] of unreadable) {
  test(`${what} is no team name`, () => assert.equal(parseTeamName(typed), undefined));
}

test('a name reads back as itself', () => {
  fc.assert(
    fc.property(anyText, (typed) => {
      const name = parseTeamName(typed);
      if (name !== undefined) assert.equal(parseTeamName(name), name);
    }),
  );
});
