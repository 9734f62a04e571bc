import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { StreamEvent } from './event-stream.ts';
import { EventStreamParser } from './event-stream.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function parse(text: string): StreamEvent[] {
  return new EventStreamParser().push(encode(text));
}

describe('the event stream parser', () => {
  const cases: [string, string, StreamEvent[]][] = [
    ['one event', 'data: hello\n\n', [{ type: 'message', data: 'hello', lastEventId: '' }]],
    ['a type', 'event: add\ndata: 7\n\n', [{ type: 'add', data: '7', lastEventId: '' }]],
    ['several data lines', 'data: a\ndata\ndata: b\n\n', [{ type: 'message', data: 'a\n\nb', lastEventId: '' }]],
    ['only the first space goes', 'data:  two\n\n', [{ type: 'message', data: ' two', lastEventId: '' }]],
    ['comments are skipped', ': beat\n\ndata:x\n\n', [{ type: 'message', data: 'x', lastEventId: '' }]],
    ['CR ends lines', 'data: a\r\rdata: b\r\r', ['a', 'b'].map((data) => ({ type: 'message', data, lastEventId: '' }))],
    ['CRLF ends lines', 'data: a\r\n\r\n', [{ type: 'message', data: 'a', lastEventId: '' }]],
    ['a byte order mark goes', '\uFEFFdata: a\n\n', [{ type: 'message', data: 'a', lastEventId: '' }]],
    ['no data, no event', 'event: add\nid: 4\n\ndata: a\n\n', [{ type: 'message', data: 'a', lastEventId: '4' }]],
    ['an id with NUL is ignored', 'id: a\0b\ndata: x\n\n', [{ type: 'message', data: 'x', lastEventId: '' }]],
    [
      'an id stays',
      'id: 1\ndata: a\n\ndata: b\n\n',
      ['a', 'b'].map((data) => ({ type: 'message', data, lastEventId: '1' })),
    ],
    ['an empty id clears', 'id: 1\nid\ndata: a\n\n', [{ type: 'message', data: 'a', lastEventId: '' }]],
    ['unknown fields are ignored', 'colour: red\ndata: a\n\n', [{ type: 'message', data: 'a', lastEventId: '' }]],
    ['an unfinished event is not told', 'data: a\n', []],
  ];
  for (const [name, text, events] of cases) {
    it(`${name}`, () => assert.deepEqual(parse(text), events));
  }

  it('goes on from the id of the connection before', () => {
    const events = new EventStreamParser('team_1:4').push(encode('data: a\n\n'));
    assert.equal(events[0]?.lastEventId, 'team_1:4');
  });

  it('refuses an event without end', () => {
    const parser = new EventStreamParser();
    const line = encode(`data: ${'x'.repeat(65_536)}\n`);
    assert.throws(() => {
      for (let count = 0; count < 20; count++) parser.push(line);
    }, RangeError);
  });

  it('finds the same events wherever the bytes are cut', () => {
    const line = fc.oneof(
      fc.constantFrom('', ': beat', 'event: entitlement', 'id: team_1:4', 'data', 'data: Žižkov 🖊', 'retry: 5'),
      fc.string({ unit: 'grapheme' }).map((text) => `data: ${text}`),
    );
    const stream = fc
      .array(fc.tuple(line, fc.constantFrom('\n', '\r', '\r\n')))
      .map((lines) => lines.map(([text, end]) => text + end).join(''));
    fc.assert(
      fc.property(stream, fc.array(fc.nat(400)), (text, cuts) => {
        const bytes = encode(text);
        const places = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        const parser = new EventStreamParser();
        const events = places.flatMap((place, index) => parser.push(bytes.slice(places[index - 1] ?? 0, place)));
        assert.deepEqual(events, parse(text));
      }),
    );
  });

  it('brings back whatever was sent as data', () => {
    const event = fc
      .tuple(fc.stringMatching(/^[a-z]{1,9}$/), fc.json(), fc.stringMatching(/^[a-z0-9:,]{1,20}$/))
      .map(([type, data, lastEventId]) => ({ type, data, lastEventId }));
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const text = events.map(
          ({ type, data, lastEventId }) => `event: ${type}\nid: ${lastEventId}\ndata: ${data}\n\n`,
        );
        assert.deepEqual(parse(text.join('')), events);
      }),
    );
  });
});
