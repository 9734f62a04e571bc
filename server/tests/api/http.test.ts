import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SignedIn, TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';

describe('requests that are not as they should be', () => {
  let app: TestApp;
  let anna: SignedIn;

  before(async () => {
    app = await createTestApp();
    anna = await app.as('anna@office.example');
  });
  after(() => app.close());

  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    app.request('/v1/teams', {
      method: 'POST',
      headers: { cookie: anna.cookie, 'content-type': 'application/json', ...headers },
      body,
    });

  for (const { what, body, headers, status, code } of [
    { what: 'malformed JSON', body: '{"name":', status: 400, code: 'malformedJson' },
    { what: 'a wrong type', body: '{"name":7}', status: 422, code: 'invalidRequest' },
    { what: 'a missing field', body: '{}', status: 422, code: 'invalidRequest' },
    { what: 'an over-long field', body: `{"name":"${'x'.repeat(5000)}"}`, status: 422, code: 'invalidRequest' },
    { what: 'a body over the limit', body: `{"name":"${'x'.repeat(1_100_000)}"}`, status: 413, code: 'bodyTooLarge' },
    {
      what: 'another media type',
      body: 'name=x',
      headers: { 'content-type': 'text/plain' },
      status: 415,
      code: 'unsupportedMediaType',
    },
    {
      what: 'another origin',
      body: '{"name":"x"}',
      headers: { origin: 'https://evil.example' },
      status: 403,
      code: 'crossSite',
    },
    {
      what: 'another site',
      body: '{"name":"x"}',
      headers: { 'sec-fetch-site': 'cross-site' },
      status: 403,
      code: 'crossSite',
    },
    {
      what: 'a key that is none',
      body: '{"name":"x"}',
      headers: { 'idempotency-key': 'ä' },
      status: 422,
      code: 'invalidRequest',
    },
  ]) {
    it(`are refused for ${what}, as a problem with its code`, async () => {
      const answer = await post(body, headers);
      assert.equal(answer.status, status);
      assert.match(answer.headers.get('content-type') ?? '', /application\/problem\+json/);
      assert.equal(((await answer.json()) as { code: string }).code, code);
      const { items } = await anna.listTeams();
      assert.deepEqual(items, []);
    });
  }

  it('of strangers are a few fields: more is not read', async () => {
    const body = JSON.stringify({ email: 'anna@office.example', password: 'x'.repeat(20_000) });
    const headers = { 'content-type': 'application/json' };
    const answer = await app.request('/v1/sessions', { method: 'POST', headers, body });
    assert.equal(answer.status, 413);
    assert.match(await answer.text(), /At most 16384 bytes/);
  });

  it('names the fields that are wrong', async () => {
    const answer = (await (await post('{"name":7}')).json()) as { fields: { path: string }[] };
    assert.deepEqual(
      answer.fields.map(({ path }) => path),
      ['name'],
    );
  });

  it('answers an id that is none like one that does not exist', async () => {
    const answer = await app.request('/v1/teams/team_nothing', { headers: { cookie: anna.cookie } });
    assert.equal(answer.status, 404);
    const unknown = await app.request('/v1/nowhere', { headers: { cookie: anna.cookie } });
    assert.equal(((await unknown.json()) as { code: string }).code, 'notFound');
  });

  it('names the methods that an address takes', async () => {
    const answer = await app.request('/v1/teams', { method: 'DELETE', headers: { cookie: anna.cookie } });
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.get('allow'), 'GET, POST');
  });

  it('answers no foreign host name in a demo', async () => {
    const headers = new Headers({ cookie: anna.cookie });
    const { status } = await app.request('/v1/deployment', { headers });
    assert.equal(status, 200);
    const foreign = await app.request('/v1/deployment', { headers: { host: 'evil.example' } });
    assert.equal(foreign.status, 421);
  });

  it('change no field that they may not name', async () => {
    const before = (await anna.getMe()).account;
    const answer = await app.request('/v1/me', {
      method: 'PATCH',
      headers: { cookie: anna.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Anna', email: 'eve@evil.example', id: 'acc_1', emailVerified: false, staff: true }),
    });
    assert.equal(answer.status, 200);
    assert.deepEqual((await anna.getMe()).account, { ...before, name: 'Anna' });
    assert.equal((await anna.getMe()).staff, false);
  });
});
