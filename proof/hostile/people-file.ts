import type { Chance } from '../chance.ts';
import { oddText } from './odd-text.ts';

const HEADS = ['Name,E-Mail', 'name;email;role', 'E-mail\tName\texternal', 'x,y', 'email', '"Name";"E-Mail"'];
const CELLS = [
  'Jörg',
  'joerg@office.example',
  '"a ""quoted"" one"',
  '"open',
  '=cmd()',
  '@x',
  'administrator',
  'yes',
  '"two\nlines"',
];

/** A file of people as somebody might upload it, or nobody would. */
export function peopleFile(chance: Chance): Buffer {
  const separator = chance.pick([',', ';', '\t', '|']) ?? ',';
  const cell = () => (chance.happens(0.3) ? oddText(chance) : (chance.pick(CELLS) ?? ''));
  const lines = Array.from({ length: chance.below(8) }, () =>
    Array.from({ length: 1 + chance.below(4) }, cell).join(separator),
  );
  const text = [chance.pick(HEADS) ?? '', ...lines].join(chance.pick(['\n', '\r\n', '\r']) ?? '\n');
  const encoding = chance.pick(['utf8', 'utf8', 'utf16le', 'latin1'] as const) ?? 'utf8';
  const mark = chance.pick([[], [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff]]) ?? [];
  return Buffer.concat([Buffer.from(mark), Buffer.from(text, encoding)]);
}
