import type { Chance } from '../chance.ts';
import type { Json } from './json.ts';
import { changeAt, isList, JsonObject, objectOf, placesOf, Raw } from './json.ts';
import { hugeText, oddText } from './odd-text.ts';

/** Numbers at the edges of what JSON, JavaScript and PostgreSQL can hold. */
const ODD_NUMBERS = [
  ...['-0', '-1', '0', '0.5', '1e308', '-1e308', '1e309', '-1e309', '1e-400', '5e-324', '1.0', '1E2', '1e400'],
  ...['9007199254740991', '9007199254740992', '9007199254740993', '-9007199254740993', '2147483647', '2147483648'],
  ...['-2147483649', '9223372036854775807', '9223372036854775808', '18446744073709551616', `1${'0'.repeat(400)}`],
].map((text) => new Raw(text));

const ODD_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'id',
  '',
  '\u0000',
  '$where',
  '🔑',
  'then',
];

/** Bends one place of a valid value: its type, its bounds, its being there at all. */
export function spoil(value: Json, chance: Chance): Json {
  const place = chance.pick(placesOf(value).filter((each) => each.length > 0 || chance.happens(0.1))) ?? [];
  return changeAt(value, place, (at) => spoilt(at, chance)) ?? null;
}

function spoilt(at: Json, chance: Chance): Json | undefined {
  switch (chance.below(8)) {
    case 0:
      return undefined;
    case 1:
      return null;
    case 2:
      return [at];
    case 3:
      return objectOf({ value: at });
    case 4:
      return typeof at === 'object' ? 'object' : String(at);
    default:
      return spoiltKind(at, chance);
  }
}

function spoiltKind(at: Json, chance: Chance): Json {
  if (at instanceof JsonObject) return spoiltObject(at, chance);
  if (isList(at)) return chance.happens(0.7) ? [...at, ...at] : [];
  if (typeof at === 'number') return chance.happens(0.8) ? oddNumber(chance) : -at;
  if (typeof at === 'string') return spoiltText(at, chance);
  return anyJson(chance, 2);
}

function spoiltText(at: string, chance: Chance): Json {
  switch (chance.below(6)) {
    case 0:
      return at.toUpperCase();
    case 1:
      return ` ${at} `;
    case 2:
      return at.slice(0, -1);
    case 3:
      return at + oddText(chance);
    case 4:
      return oddNumber(chance);
    default:
      return oddText(chance);
  }
}

/** A key too many, or one that comes twice. */
function spoiltObject({ members }: JsonObject, chance: Chance): Json {
  const [key] = chance.pick(members) ?? ['a', null];
  const added: [string, Json] = chance.happens(0.5)
    ? [key, anyJson(chance, 2)]
    : [chance.pick(ODD_KEYS) ?? '', chance.happens(0.5) ? objectOf({ polluted: true }) : anyJson(chance, 2)];
  return new JsonObject(chance.happens(0.5) ? [...members, added] : [added, ...members]);
}

export const oddNumber = (chance: Chance): Raw => chance.pick(ODD_NUMBERS) ?? new Raw('-1');

/** Puts an odd text, or a huge one, where a text stood. */
export function spoilText(value: Json, chance: Chance, huge: boolean): Json {
  const texts = placesOf(value).filter((place) => isText(value, place));
  const place = chance.pick(texts) ?? [];
  return changeAt(value, place, () => (huge ? hugeText(chance) : oddText(chance))) ?? null;
}

function isText(value: Json, place: readonly number[]): boolean {
  let found = false;
  changeAt(value, place, (at) => {
    found = typeof at === 'string';
    return at;
  });
  return found;
}

/** Any JSON at all. */
export function anyJson(chance: Chance, depth = 4): Json {
  const kind = chance.below(depth > 0 ? 9 : 6);
  if (kind === 0) return null;
  if (kind === 1) return chance.happens(0.5);
  if (kind === 2) return oddNumber(chance);
  if (kind === 3) return chance.below(1000) - 500;
  if (kind < 6) return oddText(chance);
  if (kind === 6) return Array.from({ length: chance.below(5) }, () => anyJson(chance, depth - 1));
  return new JsonObject(
    Array.from({ length: chance.below(5) }, () => [chance.pick(ODD_KEYS) ?? '', anyJson(chance, depth - 1)]),
  );
}

/** JSON that is large or deep, as text: up to a hundred thousand items or levels. */
export function hugeJson(chance: Chance): Buffer {
  const count = 10 ** (2 + chance.below(4));
  const text = [
    () => '['.repeat(count) + ']'.repeat(count),
    () => `${'{"a":'.repeat(count)}1${'}'.repeat(count)}`,
    () => `[${'0,'.repeat(count)}0]`,
    () => `{"people":[${'{"email":"a@b.example"},'.repeat(count / 10)}{}]}`,
    () => `{"evaluations":[${'{},'.repeat(count)}{}]}`,
    () => `{${Array.from({ length: count / 10 }, (_, index) => `"k${index}":1`).join()}}`,
    () => `{"name":"${'\\ud83d\\ude00'.repeat(count / 10)}"}`,
    () => `{"limit":${'9'.repeat(count)}}`,
    () => ' '.repeat(count),
  ];
  return Buffer.from((chance.pick(text) ?? (() => ''))());
}
