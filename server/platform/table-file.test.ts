import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readCustomerFile } from '../../domain/customer-file.ts';
import type { PeopleFile } from '../../domain/people-file.ts';
import { readPeopleFile } from '../../domain/people-file.ts';
import type { Table } from '../../domain/table.ts';
import { readTableFile } from './table-file.ts';

const fixture = (name: string): Promise<Buffer> =>
  readFile(new URL(`../tests/fixtures/files/${name}`, import.meta.url));

const readTable = async (bytes: Uint8Array | string): Promise<Table> => {
  const file = await readTableFile(Buffer.from(bytes));
  assert.ok(file.outcome === 'read', `refused: ${JSON.stringify(file)}`);
  return file.table;
};

const readPeople = async (name: string): Promise<PeopleFile> => {
  const file = readPeopleFile(await readTable(await fixture(name)));
  assert.ok(file.outcome === 'read');
  return file;
};

const NOBODY_WRONG = { faults: [], repeats: [] };
const people = [
  { name: 'people-entra.csv', format: 'entra', taken: 82, disabledLines: [7, 25, 43, 61, 78], ...NOBODY_WRONG },
  { name: 'people-google.csv', format: 'google', taken: 39, disabledLines: [8, 27], ...NOBODY_WRONG },
  { name: 'people-plain-cp1250.csv', format: 'list', taken: 26, disabledLines: [], ...NOBODY_WRONG },
  { name: 'people-plain.csv', format: 'list', taken: 12, disabledLines: [], ...NOBODY_WRONG },
  {
    name: 'people-with-mistakes.csv',
    format: 'list',
    taken: 4,
    disabledLines: [],
    repeats: [{ line: 5, email: 'jana@chyba.example', firstLine: 2 }],
    faults: [
      { line: 3, reason: 'invalidEmail', value: 'bez.zavinace.chyba.example' },
      { line: 7, reason: 'tooManyCells', value: '4' },
      { line: 9, reason: 'nameTooLong', value: `Dlouhé Jméno ${'x'.repeat(67)}` },
    ],
  },
];

const somebody = [
  { file: 'people-entra.csv', line: 2, name: 'Sören Zimmermann', email: 'soeren.zimmermann@heide-ingenieure.example' },
  { file: 'people-entra.csv', line: 5, name: 'Zoë Lüdenscheidt', email: 'zoe.luedenscheidt@heide-ingenieure.example' },
  {
    file: 'people-entra.csv',
    line: 11,
    name: 'Anna-Lena Schäfer',
    email: 'anna-lena.schaefer@heide-ingenieure.example',
  },
  { file: 'people-entra.csv', line: 33, name: 'Maximilian Fuchs', email: 'maximilian.fuchs@heide-ingenieure.example' },
  {
    file: 'people-entra.csv',
    line: 38,
    name: 'Héloïse von der Heide',
    email: 'heloise.vonderheide@heide-ingenieure.example',
  },
  { file: 'people-entra.csv', line: 90, name: 'Gast 0 (extern)', email: 'gast0@partnerbuero.example', external: true },
  { file: 'people-google.csv', line: 6, name: 'Věra Ševčík', email: 'vera.sevcik@atelier-vltava.example' },
  { file: 'people-google.csv', line: 39, name: 'Čeněk Šťastná', email: 'cenek.stastna@atelier-vltava.example' },
  { file: 'people-plain-cp1250.csv', line: 4, name: 'Žaneta Ševčík', email: 'zaneta.sevcik@projekt-morava.example' },
  { file: 'people-plain-cp1250.csv', line: 16, name: 'Přemysl Kříž', email: 'premysl.kriz@projekt-morava.example' },
  { file: 'people-plain.csv', line: 8, name: 'Zoë Schäfer', email: 'zoe.schaefer@buero-sued.example' },
  { file: 'people-with-mistakes.csv', line: 4, name: 'prazdne.jmeno', email: 'prazdne.jmeno@chyba.example' },
  { file: 'people-with-mistakes.csv', line: 6, name: 'Uvozovka "uvnitř"; středník', email: 'uvozovka@chyba.example' },
  { file: 'people-with-mistakes.csv', line: 10, name: 'Poslední', email: 'posledni@chyba.example' },
];

describe('a sample file', () => {
  for (const { name, format, taken, disabledLines, repeats, faults } of people) {
    it(`${name} gives ${taken} people, ${disabledLines.length} disabled, ${faults.length} faults`, async () => {
      const file = await readPeople(name);
      assert.equal(file.format, format);
      assert.equal(file.people.length, taken);
      assert.deepEqual(
        [file.disabled.map(({ line }) => line), file.repeats, file.faults],
        [disabledLines, repeats, faults],
      );
    });
  }

  for (const { file, ...person } of somebody) {
    it(`${file} has ${person.name} in line ${person.line}`, async () => {
      const found = (await readPeople(file)).people.find(({ line }) => line === person.line);
      assert.deepEqual(found, { external: false, ...person });
    });
  }

  it('people-entra.csv has three external people, and keeps line breaks and quotes within cells', async () => {
    const bytes = await fixture('people-entra.csv');
    const { header, rows } = await readTable(bytes);
    assert.equal((await readPeople('people-entra.csv')).people.filter(({ external }) => external).length, 3);
    assert.equal(rows.find(({ line }) => line === 3)?.cells[header.indexOf('jobTitle')], 'Geschäftsführer "GF"');
    assert.match(
      rows.find(({ line }) => line === 9)?.cells[header.indexOf('streetAddress')] ?? '',
      /12\r?\nHinterhaus$/,
    );
  });

  it('customers.csv gives ten customers', async () => {
    const file = readCustomerFile(await readTable(await fixture('customers.csv')));
    assert.ok(file.outcome === 'read');
    assert.deepEqual(file.faults, []);
    assert.equal(file.customers.length, 10);
    assert.equal(
      file.customers.reduce((sum, { coreLicences }) => sum + coreLicences, 0),
      369,
    );
    assert.deepEqual(file.customers[9], {
      line: 11,
      customerNumber: '171271',
      name: 'Stavební kancelář Žák a synové',
      country: 'CZ',
      language: 'cs',
      coreLicences: 3,
      contactName: 'Věra Žáková',
      contactEmail: 'office@zak-synove.example',
      partner: 'cad-studio-praha',
    });
  });
});

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const refusals = [
  { what: 'nothing', bytes: '', refusal: { reason: 'empty' } },
  { what: 'blank lines', bytes: '\uFEFF\r\n \r\n;;\r\n', refusal: { reason: 'empty' } },
  { what: 'an image', bytes: PNG, refusal: { reason: 'notText' } },
  { what: 'a workbook', bytes: 'PK\u0003\u0004\u0014\u0000', refusal: { reason: 'workbook' } },
  { what: 'an old workbook', bytes: Buffer.from('d0cf11e0a1b11ae1', 'hex'), refusal: { reason: 'workbook' } },
  { what: 'no header', bytes: '\na@b.example;Eva\n', refusal: { reason: 'noHeader', line: 2 } },
  { what: 'numbers for a header', bytes: '1;2\n3;4\n', refusal: { reason: 'noHeader', line: 1 } },
  {
    what: 'a quote left open',
    bytes: 'name,email\nEva,a@b.example\n"Jan,c@d.example\nx',
    refusal: { reason: 'unclosedQuote', line: 3 },
  },
  {
    what: 'an open quote that would swallow rows',
    bytes: 'name;email\n"Eva;a@b.example\n"Jan";c@d.example\n',
    refusal: { reason: 'unclosedQuote', line: 2 },
  },
  {
    what: 'millions of cells',
    bytes: `a,b${','.repeat(5_000_000)}`,
    refusal: { reason: 'tooManyCells', maxCells: 5_000_000 },
  },
] as const;

const lines = [
  { what: 'CRLF and blank lines', text: '\r\nname\r\n\r\nEva\r\n  \r\nJan', expected: [4, 6] },
  { what: 'line breaks in cells', text: 'name,note\n"a\n\nb",x\nEva,"1\r\n2"\nJan,y', expected: [2, 5, 7] },
  { what: 'line breaks in the header', text: '"na\nme",x\nEva,y', expected: [3] },
  { what: 'line ends of three kinds', text: 'name\nEva\r\nJan\rIda', expected: [2, 3, 4] },
  { what: "a spreadsheet's directive", text: 'sep=;\nname;email\nEva;x', expected: [3] },
  { what: 'quotes within a line', text: 'name,email\nBob "Bobby" Smith,x\n"Eva" Novák,y\n', expected: [2, 3] },
];

describe('a file', () => {
  for (const { what, bytes, refusal } of refusals) {
    it(`with ${what} is refused: ${refusal.reason}`, async () => {
      assert.deepEqual(await readTableFile(Buffer.from(bytes)), { outcome: 'refused', ...refusal });
    });
  }

  for (const { what, text, expected } of lines) {
    it(`with ${what} has its rows where an editor shows them`, async () => {
      const { rows } = await readTable(text);
      assert.deepEqual(
        rows.map(({ line }) => line),
        expected,
      );
    });
  }

  it('keeps quotes that nobody doubled', async () => {
    const { rows } = await readTable('name,email\nBob "Bobby" Smith,x\n"Eva" Novák,y\n');
    assert.deepEqual(
      rows.map(({ cells }) => cells[0]),
      ['Bob "Bobby" Smith', '"Eva" Novák'],
    );
  });

  it('over a limit is refused with the limit', async () => {
    const bytes = Buffer.from('name\na\nb\n"c');
    const limits = { maxBytes: bytes.length, maxRows: 3 };
    assert.deepEqual(await readTableFile(bytes, { ...limits, maxBytes: 4 }), {
      outcome: 'refused',
      reason: 'tooLarge',
      maxBytes: 4,
    });
    assert.deepEqual(await readTableFile(Buffer.from('name\na\nb\nc\n'), { ...limits, maxRows: 2 }), {
      outcome: 'refused',
      reason: 'tooManyRows',
      maxRows: 2,
    });
    assert.equal((await readTableFile(Buffer.from('name\na\nb\nc\n'), limits)).outcome, 'read');
  });

  it('of 100,000 rows is read, while other work goes on', async () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => `Person ${index},person${index}@a.example`);
    let reading = true;
    let turns = 0;
    const count = (): void => {
      turns += 1;
      if (reading) setImmediate(count);
    };
    setImmediate(count);
    const table = await readTable(['name,email', ...rows].join('\r\n'));
    reading = false;
    assert.equal(table.rows.length, 100_000);
    assert.equal(table.rows.at(-1)?.line, 100_001);
    assert.ok(turns > 20, `other work had ${turns} turns`);
  });
});

describe('any file', () => {
  const text = fc
    .array(
      fc.oneof(
        fc.constantFrom('"', ',', ';', '\t', '\n', '\r\n', '\r', "'"),
        fc.string({ unit: 'grapheme', maxLength: 4 }),
      ),
    )
    .map((pieces) => pieces.join(''));
  const row = fc.record({ first: text.map((cell) => `x${cell}`), second: text });
  const encoders = {
    'UTF-8': (csv: string): Buffer => Buffer.from(csv),
    'UTF-8 with mark': (csv: string): Buffer => Buffer.from(`\uFEFF${csv}`),
    'UTF-16': (csv: string): Buffer => Buffer.from(`\uFEFF${csv}`, 'utf16le'),
  };
  const encoder = fc.constantFrom(...Object.values(encoders));

  const quoted = (cell: string): string => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

  it('gives back what a spreadsheet put into it, and counts lines as an editor does', async () => {
    const format = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t'),
      end: fc.constantFrom('\n', '\r\n'),
      encoder,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row), format, async (rows, { delimiter, end, encoder }) => {
        const texts = rows.map(({ first, second }) => `${quoted(first)}${delimiter}${quoted(second)}${end}`);
        const table = await readTable(encoder(`name${delimiter}note${end}${texts.join('')}`));
        let line = 2;
        const expected = rows.map(({ first, second }, index) => {
          const begin = line;
          line += (texts[index] ?? '').split(/\r\n|\r|\n/).length - 1;
          return { line: begin, cells: [first, second] };
        });
        assert.deepEqual(table.rows, expected);
      }),
    );
  });

  it('is read or refused, whatever its bytes', async () => {
    const almostTables = text.map((csv) => Buffer.from(`name;email\n${csv}`, 'latin1'));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), almostTables), async (bytes) => {
        const file = await readTableFile(bytes);
        if (file.outcome === 'read') readPeopleFile(file.table);
        assert.match(file.outcome, /^(?:read|refused)$/);
      }),
      { numRuns: 500 },
    );
  });
});
