import type { Chance } from '../chance.ts';

/** Texts that break what reads them: Unicode, control characters, and what some language further on takes for its own. */
export const oddTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '\udc00\ud800',
  '\ufeff',
  '\uffff',
  '\u202eevil\u202c',
  '\u2066rtl\u2069',
  'a\u200bb\u200d\u2060',
  '\u00ad',
  '\u2028\u2029',
  '\u0085',
  '\u001b[31m',
  '\r\nBcc: victim@elsewhere.example',
  '\n',
  '\t',
  'e\u0301'.repeat(20),
  `Z${'\u0351\u0300'.repeat(40)}`,
  '👩‍👩‍👧‍👦'.repeat(8),
  '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  'İıſß',
  'ﷺ'.repeat(30),
  'ﬃ',
  'Ａｄｍｉｎ',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; drop table team; --",
  '$1 $$ \\',
  '%00%0a%s%n',
  '{{7*7}}',
  '../../etc/passwd',
  '..\\..\\windows',
  '=1+1|cmd',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'true',
  '-0',
  'NaN',
  '1e309',
  'team_00000000000000000000000000',
  'TEAM_01h455vb4pex5vsknk084sn02q',
  '2026-02-30',
  '9999-12-31',
  '0000-01-01',
  '-271821-04-20T00:00:00Z',
  '2026-03-02T09:00:00Z',
  '+010000-01-01T00:00:00.000Z',
  'a@b',
  '"quoted local"@office.example',
  'x@xn--e1afmkfd.example',
  'ä@ö.example',
  'a@[127.0.0.1]',
  'a@b@c.example',
];

/** One of them, or chance's own: characters from all over, or one character very often. */
export function oddText(chance: Chance): string {
  const kind = chance.below(8);
  if (kind < 5) return chance.pick(oddTexts) ?? '';
  if (kind < 7) return Array.from({ length: chance.below(12) }, () => oddCharacter(chance)).join('');
  return oddCharacter(chance).repeat(2 ** chance.below(10));
}

/** A text that is larger than anybody needs. */
export function hugeText(chance: Chance): string {
  const unit = chance.pick(['a', 'ä', '👍', '\u0301', '\u0000', ' ', '1', 'a@', '%', '\ud800', '.a', '\n']) ?? 'a';
  return unit.repeat(2 ** (9 + chance.below(9)));
}

function oddCharacter(chance: Chance): string {
  const [from, count] = chance.pick([
    [0x0, 0x20],
    [0x20, 0x60],
    [0x80, 0x80],
    [0x300, 0x70],
    [0x590, 0x200],
    [0x2000, 0x70],
    [0xd800, 0x800],
    [0xff00, 0x100],
    [0x1f300, 0x300],
    [0xe0000, 0x80],
  ]) ?? [0x20, 0x60];
  return String.fromCodePoint(from + chance.below(count));
}
