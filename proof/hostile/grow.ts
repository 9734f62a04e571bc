import type { Chance } from '../chance.ts';
import type { Schema } from './document.ts';
import type { Json } from './json.ts';
import { JsonObject } from './json.ts';
import type { Known, Thing } from './known.ts';

/** What values grow from: the document's shapes, and what exists. */
export interface Soil {
  readonly chance: Chance;
  readonly known: Known;
  /** What the call is about already: fields of the same names agree with it. */
  readonly about: Thing;
  resolve(schema: Schema): Schema;
}

const DEEP = 4;

/** Grows a value that fits the schema, with ids that exist wherever the field's name says which. */
export function grow(schema: Schema, name: string, soil: Soil, depth = 0): Json {
  const { chance } = soil;
  const { anyOf, type, enum: choices, ...rest } = soil.resolve(schema);
  if (anyOf) return grow(chance.pick(anyOf) ?? {}, name, soil, depth);
  if (choices) return chance.pick(choices) ?? null;
  switch (typeof type === 'string' ? type : chance.pick(type ?? [])) {
    case 'object':
      return growObject(rest, soil, depth);
    case 'array':
      return growList(rest, name, soil, depth);
    case 'string':
      return growText(rest, name, soil);
    case 'integer':
    case 'number':
      return growNumber(rest, chance);
    case 'boolean':
      return chance.happens(0.5);
    case 'null':
      return null;
    default:
      return depth > DEEP ? null : (chance.pick([1, 'any', true, null]) ?? null);
  }
}

function growObject({ properties = {}, required = [] }: Schema, soil: Soil, depth: number): Json {
  const wanted = Object.entries(properties).filter(([key]) => required.includes(key) || soil.chance.happens(0.6));
  return new JsonObject(wanted.map(([key, inner]) => [key, grow(inner, key, soil, depth + 1)]));
}

function growList({ items = {}, minItems = 0, maxItems = 5 }: Schema, name: string, soil: Soil, depth: number): Json {
  const count = Math.min(maxItems, minItems + soil.chance.below(3));
  return Array.from({ length: count }, () => grow(items, name, soil, depth + 1));
}

function growNumber({ minimum = 0, maximum = 1000 }: Schema, chance: Chance): number {
  if (chance.happens(0.1)) return chance.happens(0.5) ? minimum : maximum;
  return minimum + chance.below(Math.min(maximum - minimum, chance.pick([3, 20, 1000]) ?? 3) + 1);
}

function growText({ pattern = '', format, minLength = 0, maxLength = 40 }: Schema, name: string, soil: Soil): string {
  const { chance, about, known } = soil;
  const same = about[name];
  if (same !== undefined && chance.happens(0.8)) return same;
  const existing = known.one(fieldOf(name), chance)[fieldOf(name)];
  if (existing !== undefined && chance.happens(0.9)) return existing;
  const prefix = /^\^([a-z]+)_\[/.exec(pattern)?.[1];
  if (prefix !== undefined) return `${prefix}_01h455vb4pex5vsknk084sn${chance.below(900) + 100}`;
  if (format === 'date') return `20${26 + chance.below(3)}-0${1 + chance.below(9)}-1${chance.below(10)}`;
  if (format === 'date-time') return `2026-03-0${1 + chance.below(9)}T0${chance.below(10)}:30:00Z`;
  const word = chance.pick(words[name] ?? ['Planung Süd', 'x', 'Žluťoučký kůň', "O'Neill & Sons"]) ?? '';
  return word.padEnd(minLength, 'x').slice(0, Math.max(minLength, maxLength));
}

/** Fields whose values stand under another name. */
const fieldOf = (name: string): string =>
  ({ ownerEmail: 'email', contactEmail: 'email', to: 'email', id: 'anyName' })[name] ?? name;

const words: Readonly<Record<string, readonly string[]>> = {
  password: ['violet harbour seldom cup', 'namesake-demo', 'kitten-seven-pools'],
  country: ['DE', 'CZ', 'AT', 'ZZ'],
  customerNumber: ['4711', '123757', '999999999999'],
  email: ['new.person@office.example', 'member@w1.example'],
  ownerEmail: ['new.owner@office.example'],
  contactEmail: ['contact@office.example'],
  secret: ['0'.repeat(43)],
  type: ['account', 'product', 'team'],
  after: ['2026', 'off_01h455vb4pex5vsknk084sn02q'],
  productId: ['share', 'storage'],
};
