import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { ConfigError } from '../../platform/config-error.ts';
import { parseDeployment, readDeploymentFile, settingsOf } from './deployment-file.ts';

const demo = await readFile(path.resolve(import.meta.dirname, '../../../deployment/demo.yaml'), 'utf8');

/** The line, counted from 1, in which a text first stands. */
const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

const mistakes: readonly { what: string; from: string; to: string; at: string; told: RegExp }[] = [
  {
    what: 'a price with a fraction of a cent',
    from: '12: 360.00',
    to: '12: 360.001',
    at: 'EUR: { 12: 360.001',
    told: /products\.share\.prices\.EUR\.12: expected a price in EUR/,
  },
  {
    what: 'a price for a term that is not sold',
    from: 'EUR: { 12: 1450.00 }',
    to: 'EUR: { 13: 1450.00 }',
    at: '13: 1450',
    told: /products\.exchange-server\.prices\.EUR\.13: is none of the terms/,
  },
  {
    what: 'a currency that nobody has',
    from: 'currency: CZK',
    to: 'currency: CZX',
    at: 'currency: CZX',
    told: /partners\.cad-studio-praha\.currency: expected one of/,
  },
  {
    what: 'an accent colour on which nobody can read',
    from: "'#00796b'",
    to: "'#80cbc4'",
    at: "'#80cbc4'",
    told: /vendor\.accentColour: is too light/,
  },
  { what: 'a field that is not known', from: 'staff:', to: 'stuff:', at: 'stuff:', told: /stuff: is not known here/ },
  {
    what: 'an application for a product that does not exist',
    from: 'products: [share]',
    to: 'products: [shore]',
    at: 'products: [shore]',
    told: /applications\.sketchpad\.products\.0: names no product/,
  },
  {
    what: 'storage without the size of a unit',
    from: '    unitGiB: 100\n',
    to: '',
    at: '  storage:',
    told: /products\.storage\.unitGiB: is missing/,
  },
  {
    what: 'an address that is none',
    from: 'otto@vendor.example',
    to: 'otto at vendor',
    at: 'otto at vendor',
    told: /staff\.0: expected an e-mail address/,
  },
  {
    what: 'a zone that no map has',
    from: 'Europe/Berlin',
    to: 'Europe/Barlin',
    at: 'Barlin',
    told: /vendor\.timeZone/,
  },
  {
    what: 'an agent of two partners',
    from: 'petr.novak@cad-studio-praha.example',
    to: 'Eva.Lang@bim-partner-sachsen.example',
    at: 'Eva.Lang',
    told: /partners\.cad-studio-praha\.agents\.0: acts for a partner already/,
  },
  { what: 'a file that is no YAML', from: 'staff:', to: 'staff: [', at: 'staff: [', told: /YAML/ },
];

describe('the file of a deployment', () => {
  it('of the demo says what the vendor sells, and for how much', async () => {
    const { products, partners } = await readDeploymentFile();
    const { share, storage } = products;
    assert.ok(share && storage);
    assert.deepEqual(share.prices[0], { termMonths: 12, currency: 'EUR', unitPriceMinor: 36_000 });
    assert.equal(share.includedStorageBytes, 10 * 1024 ** 3);
    assert.equal(storage.unitBytes, 100 * 1024 ** 3);
    assert.deepEqual(Object.keys(partners), ['bim-partner-sachsen', 'cad-studio-praha']);
  });

  it('gives the settings of the server', async () => {
    const settings = settingsOf(await readDeploymentFile(), { publicUrl: 'http://localhost:4280', demo: true });
    assert.equal(settings.freeStorageBytes, 2 * 1024 ** 3);
    assert.deepEqual(settings.languages, ['en', 'de', 'cs']);
    assert.equal(settings.demo, true);
  });

  for (const { what, from, to, at, told } of mistakes) {
    it(`with ${what} stops the start, told with its line`, () => {
      const wrong = demo.replace(from, to);
      assert.notEqual(wrong, demo);
      assert.throws(
        () => parseDeployment(wrong, 'wrong.yaml'),
        (error: Error) => {
          assert.ok(error instanceof ConfigError);
          assert.match(error.message, told);
          // A line that the parser gives as the end of a flow may lie further down.
          if (!told.test('YAML')) assert.match(error.message, new RegExp(`line ${lineOf(wrong, at)}, `));
          return true;
        },
      );
    });
  }

  it('that is not there stops the start', async () => {
    await assert.rejects(readDeploymentFile('nowhere.yaml'), /nowhere\.yaml cannot be read \(ENOENT\)/);
  });
});
