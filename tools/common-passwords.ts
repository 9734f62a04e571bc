// node tools/common-passwords.ts FILE: writes the list of common passwords from a list of stolen ones, the commonest first.
// The committed list was made from the million commonest of Mark Burnett's "10 million passwords" (public domain, 2015).
import { readFileSync, writeFileSync } from 'node:fs';
import { markOf } from '../server/features/account/common-password.ts';
import { plainOf } from '../server/features/account/password-rule.ts';

const SHORTEST = 10;
const WANTED = 10_000;
const LIST = new URL('../server/features/account/common-passwords.txt', import.meta.url);

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Say which list to read: node tools/common-passwords.ts FILE');
  process.exitCode = 2;
} else {
  const stolen = readFileSync(file, 'utf8').split('\n').map(plainOf);
  // Whoever used an address as a password shall not be found by it.
  const long = stolen.filter((plain) => plain.length >= SHORTEST && !plain.includes('@'));
  const marks = [...new Set(long)].slice(0, WANTED).map(markOf);
  writeFileSync(LIST, `${marks.sort().join('\n')}\n`);
}
