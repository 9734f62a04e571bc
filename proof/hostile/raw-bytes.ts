import { METHODS } from 'node:http';
import type { Chance } from '../chance.ts';
import type { Wire } from './draft.ts';

/** A request as bytes, and whether HTTP allows it: what it does not allow may be answered with nothing but an end. */
export interface RawRequest {
  readonly bytes: Buffer;
  readonly malformed: boolean;
}

const HOST = 'localhost:4280';
/** What HTTP/1.1 lets stand in a header's value and RFC 3986 in a request's target. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const TARGET = /^[\w\-.~:/?[\]@!$&'()*+,;=%]+$/;
/** From here on a parser may say that it is too much. */
const LARGE_HEAD_BYTES = 15_000;

/** Writes a call as a client does, with whatever stands in its headers. */
export function bytesOf(wire: Wire): RawRequest {
  const body = wire.bytes ?? Buffer.alloc(0);
  const own = new Set(wire.headers.map(([name]) => name));
  const lines = [
    `${wire.method} ${wire.target} HTTP/1.1`,
    ...(own.has('host') ? [] : [`host: ${HOST}`]),
    ...wire.headers.map(([name, value]) => `${name}: ${latin1(value)}`),
    ...(wire.bytes === undefined ? [] : [`content-length: ${body.length}`]),
    'connection: close',
  ];
  const head = `${lines.join('\r\n')}\r\n\r\n`;
  const carried =
    METHODS.includes(wire.method) &&
    TARGET.test(wire.target) &&
    wire.headers.every(([, value]) => VALUE.test(latin1(value)));
  const malformed = !carried || head.length > LARGE_HEAD_BYTES || wire.headers.some(([name]) => name === 'host');
  return { bytes: Buffer.concat([Buffer.from(head, 'latin1'), body]), malformed };
}

const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

type Bend = (head: string, body: Buffer, chance: Chance) => Buffer;

const withLine =
  (line: string): Bend =>
  (head, body) =>
    Buffer.concat([Buffer.from(head.replace('\r\n', `\r\n${line}\r\n`), 'latin1'), body]);

const inHead =
  (bend: (head: string, chance: Chance) => string): Bend =>
  (head, body, chance) =>
    Buffer.concat([Buffer.from(bend(head, chance), 'latin1'), body]);

/** Ways in which a request breaks HTTP itself, or comes close to it. */
const bends: readonly Bend[] = [
  withLine('content-length: 7'),
  withLine('content-length: 99999999999999999999'),
  withLine('content-length: -1'),
  withLine('content-length: 0x10'),
  withLine('transfer-encoding: chunked'),
  withLine('transfer-encoding: gzip, chunked'),
  withLine('transfer-encoding: identity'),
  withLine('Transfer-Encoding : chunked'),
  withLine('host: elsewhere.example'),
  withLine('authorization: Bearer one\r\nauthorization: Bearer two'),
  withLine('content-type: text/plain\r\ncontent-type: application/json'),
  withLine('idempotency-key: a\r\nidempotency-key: b'),
  withLine('if-match: "1"\r\nif-match: "2"'),
  withLine('dpop: a\r\ndpop: b'),
  withLine('x-request-id: a\r\nx-request-id: b'),
  withLine('expect: 100-continue'),
  withLine('expect: something'),
  withLine('upgrade: websocket\r\nconnection: upgrade'),
  withLine('upgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAAP__'),
  withLine('x-folded: a\r\n b'),
  withLine('x-zero: a\u0000b'),
  withLine(': no name'),
  withLine('no colon'),
  withLine(`x-long: ${'a'.repeat(70_000)}`),
  withLine(Array.from({ length: 2500 }, (_, index) => `x-${index}: 1`).join('\r\n')),
  inHead((head) => head.replace('HTTP/1.1', 'HTTP/1.0')),
  inHead((head) => head.replace('HTTP/1.1', 'HTTP/9.9')),
  inHead((head) => head.replace(' HTTP/1.1', '')),
  inHead((head) => head.replaceAll('\r\n', '\n')),
  inHead((head) => head.replace('\r\n\r\n', '\r\n')),
  inHead((head) => head.replace(/host: .*\r\n/, '')),
  inHead((head) => head.replace(/^(\S+) /, '$1 http://elsewhere.example')),
  inHead((head) => head.replace(/^(\S+) \S+/, '$1 *')),
  inHead((head) => head.replace(/^(\S+) \S+/, 'CONNECT elsewhere.example:443')),
  inHead((head) => head.replace(/^(\S+) \S+/, '$1 /v1/../../etc/passwd')),
  inHead((head) => head.replace(/^(\S+) \S+/, '$1 \\v1\\me')),
  inHead((head) => head.replace(/^(\S+) \S+/, '$1 /v1/me#x')),
  inHead((head) => head.replace(/^(\S+) \S+/, '$1 /\u00e4\u00ff\u0001')),
  inHead((head) => head.replace(/^(\S+) \S+/, '$1 //v1/me')),
  inHead((head) => head.replace(/^(\S+) \S+/, '$1 ?')),
  inHead((head) => head.replace(/^(\S+) \S+/, `$1 /${'a'.repeat(40_000)}`)),
  inHead((head) => head.replace(/^\S+/, 'TRACE')),
  inHead((head) => `\r\n\r\n${head}`),
  inHead((head, chance) => head.slice(0, chance.below(head.length))),
  (head, body, chance) => Buffer.concat([Buffer.from(head, 'latin1'), body.subarray(0, chance.below(body.length + 1))]),
  (head, body) => Buffer.concat([Buffer.from(head, 'latin1'), body, Buffer.from('GET /v1/me HTTP/1.1\r\n\r\n')]),
  (head, body) => chunked(head, `${body.length.toString(16)}\r\n${body.toString('latin1')}\r\n0\r\n\r\n`),
  (head) => chunked(head, 'ffffffffffffffff\r\nx\r\n0\r\n\r\n'),
  (head) => chunked(head, 'zz\r\nx\r\n'),
  (head) => chunked(head, `1;${'e'.repeat(20_000)}\r\nx\r\n0\r\n\r\n`),
  (head) => chunked(head, '1\r\n{\r\n0\r\nx-trailer: a\r\n\r\n'),
  (_, __, chance) => Buffer.from(Array.from({ length: 400 }, () => chance.below(256))),
  () => Buffer.from([0x16, 0x03, 0x01, 0x00, 0xa5, 0x01, 0x00, 0x00, 0xa1, 0x03, 0x03]),
  () => Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
];

function chunked(head: string, body: string): Buffer {
  const told = head.replace(/content-length: \d+\r\n/, '').replace('\r\n', '\r\ntransfer-encoding: chunked\r\n');
  return Buffer.from(told + body, 'latin1');
}

/** Breaks the bytes of a request. */
export function breakBytes({ bytes }: RawRequest, chance: Chance): RawRequest {
  const end = bytes.indexOf('\r\n\r\n') + 4;
  const bend = chance.pick(bends);
  const broken = bend?.(bytes.subarray(0, end).toString('latin1'), bytes.subarray(end), chance) ?? bytes;
  return { bytes: broken, malformed: true };
}
