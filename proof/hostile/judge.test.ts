import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDescription } from './document.ts';
import type { Draft } from './draft.ts';
import type { Answer } from './judge.ts';
import { faultOf } from './judge.ts';

const description = readDescription();
const operation = description.operations.find(({ id }) => id === 'getTeam');
assert.ok(operation);
const draft: Draft = {
  number: 1,
  operation,
  role: { name: 'owner', headers: [] },
  twists: [],
  method: 'GET',
  path: operation.path,
  params: { teamId: 'team_01h455vb4pex5vsknk084sn02q' },
  query: [],
  headers: [],
  strays: false,
  strangeHost: false,
};

function answer(status: number, body: unknown, more: Partial<Answer> & { type?: string } = {}): Answer {
  const { type = status < 400 ? 'application/json' : 'application/problem+json', ...rest } = more;
  return { status, headers: new Map([['content-type', type]]), text: JSON.stringify(body), milliseconds: 1, ...rest };
}

const problem = (status: number, code: string) => ({ type: `urn:namesake:problem:${code}`, title: 'x', status, code });

describe('the judge of answers', () => {
  for (const { what, given, fault } of [
    { what: 'an internal error', given: answer(500, problem(500, 'internalError')), fault: /answered 500/ },
    { what: 'a status that the operation does not declare', given: answer(204, {}), fault: /204, which getTeam/ },
    { what: 'a body off its schema', given: answer(200, { id: 7 }), fault: /off its schema/ },
    { what: 'no JSON', given: answer(200, {}, { text: '<html>' }), fault: /off its schema/ },
    { what: 'another media type', given: answer(200, {}, { type: 'text/html' }), fault: /as text\/html/ },
    {
      what: 'a problem as plain JSON',
      given: answer(404, problem(404, 'notFound'), { type: 'application/json' }),
      fault: /as application\/json/,
    },
    {
      what: 'a problem with more than its fields',
      given: answer(404, { ...problem(404, 'notFound'), stack: 'at' }),
      fault: /off its schema/,
    },
    {
      what: 'a problem of another status',
      given: answer(404, problem(403, 'forbidden')),
      fault: /problem of status 403/,
    },
    {
      what: 'a code that the operation does not declare',
      given: answer(409, problem(409, 'offerExpired')),
      fault: /offerExpired, which/,
    },
    {
      what: 'a redirect to another site',
      given: answer(302, {}, { headers: new Map([['location', '//elsewhere.example']]) }),
      fault: /leads elsewhere/,
    },
    { what: 'no answer', given: answer(0, {}), fault: /not answered/ },
    { what: 'an answer after five seconds', given: answer(200, {}, { milliseconds: 5001 }), fault: /took 5001 ms/ },
  ]) {
    it(`finds ${what}`, () => assert.match(faultOf(description, draft, given) ?? 'nothing', fault));
  }

  it('lets pass what the document promises, and the end of what broke HTTP', () => {
    assert.equal(faultOf(description, draft, answer(404, problem(404, 'notFound'))), undefined);
    assert.equal(faultOf(description, draft, answer(401, problem(401, 'notSignedIn'))), undefined);
    assert.equal(faultOf(description, draft, answer(0, {}, { malformed: true })), undefined);
  });

  it('lets the door answer only those who may come to it', () => {
    const wrongHost = answer(421, problem(421, 'wrongHost'));
    assert.match(faultOf(description, draft, wrongHost) ?? '', /wrongHost, which/);
    assert.equal(faultOf(description, { ...draft, strangeHost: true }, wrongHost), undefined);
    assert.equal(
      faultOf(description, { ...draft, strays: true }, answer(405, problem(405, 'methodNotAllowed'))),
      undefined,
    );
    assert.match(faultOf(description, { ...draft, strays: true }, answer(500, {})) ?? '', /answered 500/);
  });
});
