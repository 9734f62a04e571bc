import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { PeopleFile } from './people-file.ts';
import { readPeopleFile } from './people-file.ts';

const read = (header: readonly string[], ...rows: readonly (readonly string[])[]): PeopleFile => {
  const file = readPeopleFile({ header, rows: rows.map((cells, index) => ({ line: index + 2, cells })) });
  assert.ok(file.outcome === 'read', `refused: ${JSON.stringify(file)}`);
  return file;
};

const lists = [
  { header: ['name', 'email'], row: ['Eva Novák', 'eva@a.example'] },
  { header: ['E-Mail', 'Full name'], row: ['eva@a.example', 'Eva Novák'] },
  { header: ['E-mail Address', 'First Name', 'Last Name'], row: ['eva@a.example', 'Eva', 'Novák'] },
  { header: ['Vorname', 'Nachname', 'E-Mail-Adresse'], row: ['Eva', 'Novák', 'eva@a.example'] },
  { header: ['Name', 'Vorname', 'E-Mail'], row: ['Novák', 'Eva', 'eva@a.example'] },
  { header: ['Abteilung', 'VOLLSTÄNDIGER NAME', 'Mail'], row: ['Tiefbau', 'Eva Novák', 'eva@a.example'] },
  { header: ['Jméno', 'Příjmení', 'E-mail'], row: ['Eva', 'Novák', 'eva@a.example'] },
  { header: ['jmeno', 'prijmeni', 'e-mailova adresa'], row: ['Eva', 'Novák', 'eva@a.example'] },
  { header: ['Jméno', 'E-mail'], row: ['Eva Novák', 'eva@a.example'] },
  { header: ['Jméno a příjmení', 'E-mail'], row: [' Eva\r\nNovák ', ' EVA@A.example '] },
];

const ENTRA = ['userPrincipalName', 'displayName', 'surname', 'mail', 'givenName', 'userType', 'accountEnabled'];
const entraNames = [
  { display: 'Böhm, Zoë', surname: 'Böhm', given: 'Zoë', name: 'Zoë Böhm' },
  { display: 'Zoë Böhm', surname: 'Boehm', given: 'Zoe', name: 'Zoë Böhm' },
  { display: 'Empfang, Leipzig', surname: '', given: '', name: 'Empfang, Leipzig' },
  { display: 'Böhm, Zoë', surname: 'Böhm', given: '', name: 'Böhm, Zoë' },
  { display: '', surname: 'Böhm', given: 'Zoë', name: 'Zoë Böhm' },
  { display: '', surname: '', given: '', name: 'z.boehm' },
];

const faulty = [
  { cells: ['Eva', ''], fault: { line: 2, reason: 'missingEmail' } },
  { cells: ['Eva', 'eva.example'], fault: { line: 2, reason: 'invalidEmail', value: 'eva.example' } },
  { cells: ['x'.repeat(201), 'a@b.example'], fault: { line: 2, reason: 'nameTooLong', value: 'x'.repeat(80) } },
  { cells: ['Eva'], fault: { line: 2, reason: 'tooFewCells', value: '1' } },
  { cells: ['Novák', 'Eva', 'a@b.example'], fault: { line: 2, reason: 'tooManyCells', value: '3' } },
];

const disabledBy = [
  { column: 'accountEnabled', off: 'False', on: 'True' },
  { column: 'Block credential', off: 'TRUE', on: 'FALSE' },
  { column: 'Status [READ ONLY]', off: 'Suspended', on: 'Active' },
  { column: 'Status', off: 'deaktiviert', on: 'aktiv' },
  { column: 'status', off: 'Zablokovaný', on: '' },
];

describe('a list of people', () => {
  for (const { header, row } of lists) {
    it(`is read with the headings ${header.join(', ')}`, () => {
      const person = { line: 2, name: 'Eva Novák', email: 'eva@a.example', external: false };
      assert.deepEqual(read(header, row).people, [person]);
    });
  }

  for (const { cells, fault } of faulty) {
    it(`names the row and its reason: ${fault.reason}`, () => {
      const file = read(['name', 'email'], cells, ['Adam', 'adam@b.example']);
      assert.deepEqual(file.faults, [fault]);
      assert.deepEqual(
        file.people.map(({ line }) => line),
        [3],
      );
    });
  }

  it('takes a name of 200 characters', () => {
    assert.equal(read(['name', 'email'], ['x'.repeat(200), 'a@b.example']).people.length, 1);
  });

  it('names repeats with the line of the first, however the address is written', () => {
    const rows = [['a@b.example'], ['c@d.example'], ['A@B.example'], ['a@b.example']];
    const file = read(['email'], ...rows);
    assert.deepEqual(file.repeats, [
      { line: 4, email: 'a@b.example', firstLine: 2 },
      { line: 5, email: 'a@b.example', firstLine: 2 },
    ]);
    assert.equal(file.people.length, 2);
  });

  for (const { column, off, on } of disabledBy) {
    it(`shows and does not take people whose ${column} is ${off}`, () => {
      const file = read(['email', column], ['a@b.example', off], ['c@d.example', on]);
      assert.deepEqual(file.disabled, [{ line: 2, name: 'a', email: 'a@b.example' }]);
      assert.deepEqual(
        file.people.map(({ email }) => email),
        ['c@d.example'],
      );
    });
  }

  it('is refused with the columns seen when none holds addresses', () => {
    const refusal = { outcome: 'refused', reason: 'unknownColumns', columns: ['Name', 'Telefon', ''] };
    assert.deepEqual(readPeopleFile({ header: ['Name', ' Telefon ', ''], rows: [] }), refusal);
  });
});

describe("a directory's export", () => {
  for (const { display, surname, given, name } of entraNames) {
    it(`calls somebody "${name}" from "${display}", "${surname}" and "${given}"`, () => {
      const file = read(ENTRA, ['z.boehm@a.example', display, surname, '', given, 'Member', 'True']);
      assert.deepEqual(file.people, [{ line: 2, name, email: 'z.boehm@a.example', external: false }]);
    });
  }

  it('has guests as external people under their own address', () => {
    const principal = 'gast_b.example#EXT#@a.example';
    const file = read(ENTRA, [principal, 'Gast', '', 'gast@b.example', '', 'Guest', 'True']);
    assert.deepEqual(file.people, [{ line: 2, name: 'Gast', email: 'gast@b.example', external: true }]);
  });

  it("never takes a guest's principal name for an address", () => {
    const file = read(ENTRA, ['gast_b.example#EXT#@a.example', 'Gast', '', '', '', 'Guest', 'True']);
    assert.deepEqual(file.faults, [{ line: 2, reason: 'missingEmail' }]);
  });

  it('is recognised by its header', () => {
    assert.equal(read(ENTRA).format, 'entra');
    assert.equal(read(['Email Address [Required]', 'Status [READ ONLY]']).format, 'google');
    assert.equal(read(['Email Address', 'Status']).format, 'list');
  });
});

describe('any table of people', () => {
  const headings = fc.constantFrom(
    'email',
    'Name',
    'Vorname',
    'Surname',
    'status',
    'userType',
    'userPrincipalName',
    '?',
  );
  const texts = fc.constantFrom('a@b.example', 'A@b.example', 'c@d.example', 'Suspended', 'Guest', '', 'x'.repeat(300));
  const cell = fc.oneof(texts, fc.string({ unit: 'binary' }));

  it('has each of its rows in exactly one list', () => {
    fc.assert(
      fc.property(fc.array(headings), fc.array(fc.array(cell, { maxLength: 6 })), (some, rows) => {
        const { people, disabled, repeats, faults } = read([...some, 'email'], ...rows);
        const lines = [...people, ...disabled, ...repeats, ...faults].map(({ line }) => line);
        assert.deepEqual(
          lines.toSorted((one, other) => one - other),
          rows.map((_, index) => index + 2),
        );
      }),
    );
  });

  it('gives names that fit into one line of a mail header, and each address once', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell)), (rows) => {
        const { people, disabled } = read(['name', 'email'], ...rows);
        const everybody = [...people, ...disabled];
        assert.ok(
          everybody.every(({ name }) => name !== '' && name.length <= 200 && !/[\p{Cc}\u2028\u2029]/u.test(name)),
        );
        assert.equal(new Set(everybody.map(({ email }) => email)).size, everybody.length);
      }),
    );
  });
});
