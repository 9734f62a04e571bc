import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PeopleFile } from '../../../contract/team.ts';
import { importCustomerFile } from '../../features/customer/customer-import.service.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import type { TestTeam } from '../harness/team-builder.ts';
import { makeTeam } from '../harness/team-builder.ts';

const MEBI = 2 ** 20;
const SLOWEST_MILLISECONDS = 5000;
const bytes = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding));

describe('files that nobody should hand in', () => {
  let app: TestApp;
  let team: TestTeam;

  before(async () => {
    app = await createTestApp();
    team = await makeTeam(app, 'owner@hostile-file.example');
  });
  after(() => app.close());

  const read = (body: Uint8Array<ArrayBuffer>): Promise<PeopleFile> =>
    team.owner.readPeopleFile({ teamId: team.teamId, body });
  const codeOf = (body: Uint8Array<ArrayBuffer>): Promise<string> =>
    read(body).then(
      () => 'read',
      (error: { code: string }) => error.code,
    );

  for (const { what, body, code } of [
    { what: 'a zero byte', body: bytes('email\na\0@office.example'), code: 'fileNotTable' },
    { what: 'half a surrogate pair in UTF-16', body: bytes('\ufeffemail\n\ud800@x', 'utf16le'), code: 'fileNotTable' },
    {
      what: 'UTF-8 that breaks off behind its mark',
      body: bytes('\u00ef\u00bb\u00bfemail\n\u00c3', 'latin1'),
      code: 'fileNotTable',
    },
    { what: 'a quote that nobody closes', body: bytes(`email\n"${'a\n'.repeat(50_000)}`), code: 'fileNotTable' },
    { what: 'a spreadsheet', body: bytes('PK\u0003\u0004email', 'latin1'), code: 'fileNotTable' },
    { what: 'nothing', body: bytes(''), code: 'fileNotTable' },
    {
      what: 'a million columns',
      body: bytes(`Name${','.repeat(1_000_000)}\nx${','.repeat(1_000_000)}`),
      code: 'fileUnknownColumns',
    },
    { what: 'too many cells', body: bytes(`email\n${','.repeat(6_000_000)}`), code: 'fileTooLarge' },
    { what: 'too many rows', body: bytes(`email\n${'a@b.example\n'.repeat(20_000)}`), code: 'fileTooLarge' },
    { what: 'more bytes than allowed', body: new Uint8Array(9 * MEBI).fill(0x61), code: 'fileTooLarge' },
    { what: 'a heading of brackets', body: bytes(`${'('.repeat(4 * MEBI)},x\na,b`), code: 'fileUnknownColumns' },
    { what: 'a heading of marks', body: bytes(`a${'\u0300\u0327'.repeat(MEBI)},x\na,b`), code: 'fileUnknownColumns' },
  ]) {
    it(`are refused for ${what}, at once`, async () => {
      const begun = performance.now();
      assert.equal(await codeOf(body), code);
      assert.ok(performance.now() - begun < SLOWEST_MILLISECONDS);
    });
  }

  it('are read as the same people in every encoding', async () => {
    const text = 'Name;E-Mail\nJörg Ñuñez;joerg@office.example';
    for (const body of [
      bytes(text),
      bytes(`\ufeff${text}`),
      bytes(`\ufeff${text}`, 'utf16le'),
      new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le').swap16()),
      bytes(text, 'latin1'),
    ]) {
      const { people, faults } = await read(body);
      assert.deepEqual(faults, []);
      assert.deepEqual(people, [{ line: 2, name: 'Jörg Ñuñez', email: 'joerg@office.example', external: false }]);
    }
  });

  it('bring no formula, tag or line break further than a name on one line', async () => {
    const cells = [
      '=cmd|calc!A1',
      '+1',
      '-1',
      '@SUM(A1)',
      '<img src=x onerror=alert(1)>',
      '"a\r\nBcc: b"',
      '\u202egnp.exe',
      '__proto__',
    ];
    const { people, faults } = await read(
      bytes(`Name,Email\n${cells.map((cell, index) => `${cell},p${index}@office.example`).join('\n')}`),
    );
    assert.deepEqual(faults, []);
    assert.deepEqual(
      people.map(({ name }) => name),
      ['=cmd|calc!A1', '+1', '-1', '@SUM(A1)', '<img src=x onerror=alert(1)>', 'a Bcc: b', 'gnp.exe', '__proto__'],
    );
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });

  it('change no prototype by their headings', async () => {
    assert.equal(await codeOf(bytes('__proto__,constructor,toString\na,b,c')), 'fileUnknownColumns');
    const { people } = await read(bytes('Email,__proto__,constructor\na@office.example,x,y'));
    assert.equal(people.length, 1);
  });

  it('of customers are refused the same way, and nothing is written', async () => {
    const before = await countCustomers();
    for (const body of [
      bytes('customerNumber\0,name'),
      bytes(`customerNumber${',x'.repeat(1_000_000)}`),
      bytes(`${'['.repeat(2 * MEBI)},name\n1,2`),
      bytes(`"customerNumber,name\n${'x\n'.repeat(100_000)}`),
    ]) {
      const begun = performance.now();
      const { outcome } = await importCustomerFile(app.ground, body);
      assert.notEqual(outcome, 'imported');
      assert.ok(performance.now() - begun < SLOWEST_MILLISECONDS);
    }
    assert.equal(await countCustomers(), before);
  });

  async function countCustomers(): Promise<number> {
    return (await app.ground.db.selectFrom('customer').select('id').execute()).length;
  }
});
