import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Row } from './security-document.ts';
import { anchorsOf, hasTest, linkedIn, namedIn, rowsOf, STATUSES, statusOf } from './security-document.ts';

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

const document = read('docs/security.md');
const rows = rowsOf(document);
/** Every requirement of levels 1 and 2 of OWASP ASVS 5.0.0. */
const requirements = read('tools/asvs-5.0.0.csv').trim().split('\n').slice(1);
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: new URL('..', import.meta.url),
  encoding: 'utf8',
}).split('\n');

/** The one file that a name means: a path from the root, or as much of its end as tells it from others. */
function filesCalled(name: string): string[] {
  return files.includes(name) ? [name] : files.filter((file) => file.endsWith(`/${name}`));
}

/** What an answer names and the project does not have. */
function missingIn({ answer }: Row): string[] {
  const links = linkedIn(answer)
    .filter((link) => !anchorsOf(link.document ? read(`docs/${link.document}`) : document).has(link.anchor))
    .map(({ document: other = '', anchor }) => `${other}#${anchor}`);
  const named = namedIn(answer).flatMap(({ file, title }) => {
    const [found, ...more] = filesCalled(file);
    if (found === undefined || more.length > 0) return [`${file}: ${more.length + (found ? 1 : 0)} files`];
    return title === undefined || hasTest(read(found), title) ? [] : [`${file}: "${title}"`];
  });
  return [...links, ...named];
}

const SHORTEST_REASON = 15;

describe('docs/security.md', () => {
  it('answers each requirement of level 1 and 2 once, in their order', () => {
    assert.equal(requirements.length, 253);
    assert.deepEqual(
      rows.map(({ number, level }) => `${number},${level}`),
      requirements,
    );
  });

  it('names tests, files and headings that exist', () => {
    assert.deepEqual(
      rows.flatMap((row) => missingIn(row).map((what) => `${row.number} ${what}`)),
      [],
    );
  });

  it('claims nothing without showing it', () => {
    const bare = rows.filter((row) => {
      const named = namedIn(row.answer);
      const status = statusOf(row);
      if (status === 'Test') return !named.some(({ title }) => title);
      if (status === 'Design') return named.length === 0;
      if (status === 'Document') return linkedIn(row.answer).length + named.length === 0;
      return status === undefined || row.answer.length < status.length + SHORTEST_REASON;
    });
    assert.deepEqual(
      bare.map(({ number }) => number),
      [],
    );
  });

  it('counts its answers right', () => {
    const counted = STATUSES.map((status) => `${status}: ${rows.filter((row) => statusOf(row) === status).length}`);
    assert.ok(document.includes(counted.join(' · ')), `the summary should say ${counted.join(' · ')}`);
  });
});

describe('the check of docs/security.md', () => {
  const row = (answer: string): Row => ({ number: '1.1.1', level: 1, answer });

  it('finds a file that is not there, a test that was renamed and a heading that is gone', () => {
    assert.deepEqual(missingIn(row('Test: `tools/nowhere.test.ts` "x"')), ['tools/nowhere.test.ts: 0 files']);
    assert.deepEqual(missingIn(row('Test: `tools/security-document.test.ts` "counts"')), [
      'tools/security-document.test.ts: "counts"',
    ]);
    assert.deepEqual(missingIn(row('Document: [Gone](#gone-for-good)')), ['#gone-for-good']);
    assert.deepEqual(missingIn(row('Document: [Gone](operating.md#gone)')), ['operating.md#gone']);
    assert.deepEqual(missingIn(row('Document: [Secrets](operating.md#secrets)')), []);
    assert.deepEqual(missingIn(row('Test: `tools/security-document.test.ts` "counts its answers right"')), []);
  });

  it('finds a requirement that is missing', () => {
    const without = document.replace(/^\| 6\.2\.1 .*$/m, '');
    assert.equal(rowsOf(without).length, rows.length - 1);
  });
});
