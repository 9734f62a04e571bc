import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chanceOf } from '../chance.ts';
import { isSlow, makeCall } from './call-maker.ts';
import { readDescription } from './document.ts';
import type { Draft } from './draft.ts';
import { curlOf, write } from './draft.ts';
import { changeAt, JsonObject, objectOf, placesOf, Raw, writeJson } from './json.ts';
import { Known } from './known.ts';
import type { Sample } from './memory.ts';
import { growthOf } from './memory.ts';
import { breakBytes, bytesOf } from './raw-bytes.ts';
import { parseAnswer } from './raw-socket.ts';
import { shrink } from './shrink.ts';
import type { World } from './world.ts';

const world: World = {
  roles: [{ name: 'anonymous', headers: [] }],
  leavers: [{ name: 'anonymous', headers: [] }],
  userCodes: [],
  deviceCodes: [],
  clientId: 'studio',
};
const description = readDescription();
const known = new Known([{ teamId: 'team_01h455vb4pex5vsknk084sn02q' }, { email: 'a@office.example' }]);
const callsOf = (seed: number, length = 300) =>
  Array.from({ length }, (_, number) => makeCall({ description, world, known, seed }, number));

describe('calls of the fuzzer', () => {
  const calls = callsOf(7, 3000);

  it('are the same for the same seed, and others for another', () => {
    const asText = (draft: Draft) => curlOf(write(draft));
    assert.deepEqual(callsOf(7).map(asText), calls.slice(0, 300).map(asText));
    assert.notDeepEqual(callsOf(8).map(asText), calls.slice(0, 300).map(asText));
  });

  it('ask for every operation of the document, bent and unbent', () => {
    const asked = new Set(calls.map(({ operation }) => operation?.id));
    assert.deepEqual(
      description.operations.filter((operation) => !asked.has(operation.id) && !isSlow(operation)),
      [],
    );
    const twists = new Set(calls.flatMap((draft) => draft.twists));
    assert.equal(twists.size, 20);
    assert.ok(calls.some((draft) => draft.twists.length === 0));
  });

  it('can hold what no JSON library writes', () => {
    const value = new JsonObject([
      ['a', new Raw('1e999')],
      ['a', '\ud800'],
      ['b', [1, null]],
    ]);
    assert.equal(writeJson(value), '{"a":1e999,"a":"\\ud800","b":[1,null]}');
    assert.equal(placesOf(value).length, 6);
    assert.equal(writeJson(changeAt(value, [2, 0], () => undefined) ?? null), '{"a":1e999,"a":"\\ud800","b":[null]}');
  });

  it('go over a socket as bytes, and broken in many ways', () => {
    const wire = { method: 'POST', target: '/v1/teams', headers: [['x-a', 'ä']] as const, bytes: Buffer.from('{}') };
    const whole = bytesOf(wire);
    assert.match(
      whole.bytes.toString('latin1'),
      /^POST \/v1\/teams HTTP\/1.1\r\nhost: localhost:4280\r\nx-a: \u00c3\u00a4\r\ncontent-length: 2\r\n/,
    );
    assert.equal(whole.malformed, false);
    const broken = new Set(
      Array.from({ length: 900 }, (_, seed) => breakBytes(whole, chanceOf(seed)).bytes.toString('latin1')),
    );
    assert.ok(broken.size > 50);
  });

  it('are shrunk to what the fault needs', async () => {
    const draft = calls.find(({ body }) => body instanceof JsonObject);
    assert.ok(draft);
    const body = objectOf({ name: 'x'.repeat(40), bad: 'a\0b', more: [1, 2, 3] });
    const query = [['q', '1']] as const;
    const small = await shrink({ ...draft, body, query, headers: [['x-y', 'z']] }, 'zero', async (smaller) =>
      JSON.stringify(smaller.body).includes('\\u0000') ? 'zero byte' : '',
    );
    assert.equal(writeJson(small.body ?? null), '{"bad":"\\u0000"}');
    assert.deepEqual([small.query, small.headers], [[], []]);
  });
});

describe('answers from a socket', () => {
  it('are read whole, in pieces, or not at all', () => {
    const read = (text: string) => parseAnswer(Buffer.from(text, 'latin1'));
    const chunked = read('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n');
    assert.deepEqual([chunked.status, chunked.text], [200, 'abcde']);
    const early = read(
      'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 400',
    );
    assert.deepEqual([early.status, early.text], [404, '{}']);
    assert.equal(read('').status, 0);
  });
});

describe('memory', () => {
  const samples = (bytesACall: number): Sample[] =>
    Array.from({ length: 12 }, (_, index) => ({
      calls: index * 1000,
      heapBytes: 5e7 + (index < 3 ? index * 1e7 : 3e7) + index * 1000 * bytesACall + (index % 2) * 1e4,
      residentBytes: 0,
    }));

  it('that grows with every call is told from a warm-up', () => {
    assert.ok(Math.abs((growthOf(samples(0)) ?? 99) - 0) < 10);
    assert.ok(Math.abs((growthOf(samples(2000)) ?? 0) - 2000) < 10);
  });

  it('is not judged by too few samples', () => assert.equal(growthOf(samples(2000).slice(0, 5)), undefined));
});
