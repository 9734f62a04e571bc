import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { CustomerFile } from './customer-file.ts';
import { readCustomerFile } from './customer-file.ts';

const HEADER = [
  'customerNumber',
  'name',
  'country',
  'language',
  'coreLicences',
  'contactName',
  'contactEmail',
  'partner',
];
const GOOD = {
  customerNumber: '0042',
  name: 'Statika Říha',
  country: 'cz',
  language: 'CS',
  coreLicences: '1',
  contactName: 'Přemysl Říha',
  contactEmail: 'Office@statika-riha.example',
  partner: 'cad-studio-praha',
};

const row = (changes: Partial<typeof GOOD> = {}): string[] => Object.values({ ...GOOD, ...changes });

const read = (...rows: readonly (readonly string[])[]): CustomerFile => {
  const file = readCustomerFile({ header: HEADER, rows: rows.map((cells, index) => ({ line: index + 2, cells })) });
  assert.ok(file.outcome === 'read', `refused: ${JSON.stringify(file)}`);
  return file;
};

const faulty = [
  { column: 'customerNumber', value: '12', reason: 'invalid' },
  { column: 'name', value: '', reason: 'missing' },
  { column: 'name', value: 'x'.repeat(201), reason: 'tooLong' },
  { column: 'country', value: 'CZE', reason: 'invalid' },
  { column: 'language', value: 'fr', reason: 'invalid' },
  { column: 'coreLicences', value: '-1', reason: 'invalid' },
  { column: 'coreLicences', value: '1.5', reason: 'invalid' },
  { column: 'coreLicences', value: '1000001', reason: 'invalid' },
  { column: 'coreLicences', value: ' ', reason: 'missing' },
  { column: 'contactName', value: 'x'.repeat(201), reason: 'tooLong' },
  { column: 'contactEmail', value: 'office', reason: 'invalid' },
  { column: 'partner', value: 'CAD Studio', reason: 'invalid' },
  { column: 'partner', value: 'p'.repeat(65), reason: 'invalid' },
] as const;

describe('a customer file', () => {
  it('gives customers with their values in one form', () => {
    assert.deepEqual(read(row()).customers, [
      {
        line: 2,
        customerNumber: '0042',
        name: 'Statika Říha',
        country: 'CZ',
        language: 'cs',
        coreLicences: 1,
        contactName: 'Přemysl Říha',
        contactEmail: 'office@statika-riha.example',
        partner: 'cad-studio-praha',
      },
    ]);
  });

  for (const coreLicences of ['0', '1000000']) {
    it(`takes ${coreLicences} core licences`, () =>
      assert.equal(read(row({ coreLicences })).customers[0]?.coreLicences, Number(coreLicences)));
  }

  for (const { column, value, reason } of faulty) {
    it(`names line, column and reason of ${column} "${value.slice(0, 10)}": ${reason}`, () => {
      const file = read(row(), row({ customerNumber: '0043', [column]: value }));
      const fault = { line: 3, column, reason };
      assert.deepEqual(file.faults, [reason === 'missing' ? fault : { ...fault, value: value.slice(0, 80) }]);
      assert.equal(file.customers.length, 1);
    });
  }

  it('names every fault of a row', () => {
    const { faults } = read(row({ country: 'XX', contactEmail: '' }));
    assert.deepEqual(faults, [
      { line: 2, column: 'country', reason: 'invalid', value: 'XX' },
      { line: 2, column: 'contactEmail', reason: 'missing' },
    ]);
  });

  it('names a repeated number with the line of the first, faulty or not', () => {
    const file = read(row({ country: 'XX' }), row(), row({ customerNumber: ' 0042 ' }));
    const repeat = { column: 'customerNumber', reason: 'repeated', value: '0042', firstLine: 2 };
    assert.deepEqual(file.faults.slice(1), [
      { line: 3, ...repeat },
      { line: 4, ...repeat },
    ]);
    assert.deepEqual(file.customers, []);
  });

  it('names rows with too few and too many cells', () => {
    assert.deepEqual(read(row().slice(0, 7), [...row(), 'x']).faults, [
      { line: 2, reason: 'tooFewCells', value: '7' },
      { line: 3, reason: 'tooManyCells', value: '9' },
    ]);
  });

  it('takes headings in any order, case and spacing', () => {
    const header = [
      'Partner',
      'Contact e-mail',
      'CONTACT NAME',
      'Core licences',
      'Language',
      'Country',
      'Name',
      'Customer number',
    ];
    const file = readCustomerFile({ header, rows: [{ line: 2, cells: row().toReversed() }] });
    assert.ok(file.outcome === 'read');
    assert.equal(file.customers[0]?.customerNumber, '0042');
  });

  it('is refused with the columns that are missing and those seen', () => {
    assert.deepEqual(readCustomerFile({ header: [...HEADER.slice(2), 'Ort'], rows: [] }), {
      outcome: 'refused',
      reason: 'missingColumns',
      missing: ['customerNumber', 'name'],
      columns: [...HEADER.slice(2), 'Ort'],
    });
  });

  it('has each row among the customers or among the faults', () => {
    const cells = Object.values(GOOD).map((good) => fc.oneof({ weight: 9, arbitrary: fc.constant(good) }, fc.string()));
    fc.assert(
      fc.property(fc.array(fc.tuple(...cells)), (rows) => {
        const { customers, faults } = read(...rows);
        const taken = customers.map(({ line }) => line);
        const told = [...new Set(faults.map(({ line }) => line))];
        assert.deepEqual(
          [...taken, ...told].toSorted((one, other) => one - other),
          rows.map((_, index) => index + 2),
        );
      }),
    );
  });
});
