import type { Operation } from './document.ts';
import type { Json } from './json.ts';
import { writeJson } from './json.ts';
import type { Thing } from './known.ts';
import type { Role } from './world.ts';

/** A call before it is written down: its parts can still be bent. */
export interface Draft {
  readonly number: number;
  /** What it asks for, where it still is a call of an operation of the document. */
  readonly operation: Operation | undefined;
  readonly role: Role;
  /** What was bent, for whoever reads of it. */
  readonly twists: readonly string[];
  readonly method: string;
  readonly path: string;
  readonly params: Thing;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: readonly (readonly [string, string])[];
  /** What is written as JSON, unless `bytes` say what is sent. */
  readonly body?: Json | undefined;
  readonly bytes?: Buffer | undefined;
  /** Whether its path may lead elsewhere or nowhere. */
  readonly strays: boolean;
  /** Whether it names another host. */
  readonly strangeHost: boolean;
}

/** A call as it goes over the wire. */
export interface Wire {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly bytes: Buffer | undefined;
}

export function write({ method, path, params, query, headers, body, bytes }: Draft): Wire {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encode(params[name] ?? ''));
  const search = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  return {
    method,
    target: search === '' ? filled : `${filled}?${search}`,
    headers,
    bytes: bytes ?? (body === undefined ? undefined : Buffer.from(writeJson(body))),
  };
}

/** Percent-encodes; half a surrogate pair goes out as the bytes that it would have. */
function encode(text: string): string {
  return text.isWellFormed()
    ? encodeURIComponent(text)
    : `${encodeURIComponent(text.replace(/\p{Surrogate}/gu, ''))}%ED%A0%80`;
}

const SHOWN = 600;

/** The call as somebody can repeat it by hand, shortened where it is long. */
export function curlOf({ method, target, headers, bytes }: Wire): string {
  const head = headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`);
  const data = bytes === undefined ? [] : [`--data-binary ${quote(bytes.toString('utf8'))}`];
  return ['curl', '-X', method, quote(target), ...head, ...data].join(' ');
}

function quote(text: string): string {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…(${text.length} characters)` : text;
  return `'${shown.replaceAll("'", "'\\''")}'`;
}
