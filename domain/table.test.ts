import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findCellCountFault, headingKey, oneLine, shownValue } from './table.ts';

const headings = [
  { heading: 'E-Mail-Adresse', key: 'emailadresse' },
  { heading: 'First Name [Required]', key: 'firstname' },
  { heading: 'PŘÍJMENÍ', key: 'prijmeni' },
  { heading: 'Pr\u030Ci\u0301jmeni\u0301 (povinné)', key: 'prijmeni' },
  { heading: 'Straße', key: 'strasse' },
  { heading: ' user_principal name ', key: 'userprincipalname' },
];

const cells = [
  { cell: '  Sabine \r\n Strauß\t', text: 'Sabine Strauß' },
  { cell: 'Ji\u0159i\u0301', text: 'Jiří' },
  { cell: 'a\u202Egnp.exe', text: 'a gnp.exe' },
  { cell: 'a\u2028Bcc: b\u0000', text: 'a Bcc: b' },
];

const rows = [
  { cells: ['a', 'b'], fault: undefined },
  { cells: ['a', 'b', 'c'], fault: undefined },
  { cells: ['a', 'b', 'c', '', ' '], fault: undefined },
  { cells: ['a', 'b', 'c', '', 'e'], fault: 'tooManyCells' },
  { cells: ['a'], fault: 'tooFewCells' },
];

describe('a table', () => {
  for (const { heading, key } of headings) {
    it(`compares the heading ${JSON.stringify(heading)} as ${key}`, () => assert.equal(headingKey(heading), key));
  }

  for (const { cell, text } of cells) {
    it(`cleans ${JSON.stringify(cell)}`, () => assert.equal(oneLine(cell), text));
  }

  for (const { cells, fault } of rows) {
    it(`finds ${fault ?? 'no fault'} in ${cells.length} cells where three have headings and two are needed`, () =>
      assert.equal(findCellCountFault({ line: 2, cells }, ['x', 'y', 'z'], 1), fault));
  }

  it('costs no more for a cell that was made to cost much', () => {
    const begun = performance.now();
    assert.equal(headingKey('('.repeat(4_000_000)), '');
    assert.equal(headingKey(`e${'('.repeat(199)}`), 'e');
    assert.equal(oneLine(`a${'\u0300\u0327'.repeat(500_000)}`).length, 'a'.normalize('NFC').length + 29);
    assert.equal(oneLine(`e\u0301 ${'\u0327\u0300'.repeat(15)}`).length, 32);
    assert.ok(performance.now() - begun < 5000);
  });

  it('shows the start of a value, and no half letter', () => {
    assert.equal(shownValue('short'), 'short');
    assert.equal(shownValue(`${'x'.repeat(79)}😀`), `${'x'.repeat(79)}\uFFFD`);
  });
});
