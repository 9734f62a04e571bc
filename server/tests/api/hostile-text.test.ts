import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Problem } from '../../../contract/problem.ts';
import type { SignedIn, TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { makeApplication, postForm } from '../harness/device-builder.ts';

let app: TestApp;
let owner: SignedIn;

before(async () => {
  app = await createTestApp();
  owner = await app.as('owner@hostile-text.example');
});
after(() => app.close());

async function call(path: string, body?: string): Promise<{ status: number; problem: Problem }> {
  const answer = await app.request(path, {
    headers: { cookie: owner.cookie, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body }),
  });
  return { status: answer.status, problem: (await answer.json()) as Problem };
}

test('a zero byte in a query is a wrong field, not a broken database call', async () => {
  for (const query of ['/v1/record?streamId=%00', '/v1/teams?search=a%00b', '/v1/teams?after=%00']) {
    const { status, problem } = await call(query);
    assert.equal(status, 422, query);
    assert.equal(problem.code, 'invalidRequest');
  }
});

test('half a surrogate pair is no part of a name', async () => {
  const { status, problem } = await call('/v1/teams', '{"name":"Planung \\ud800"}');
  assert.equal(status, 422);
  assert.deepEqual(problem.fields, [{ path: 'name', message: 'holds what is no character' }]);
});

test('whole characters from anywhere are a name, and come back as they were', async () => {
  for (const name of ['👩‍👩‍👧‍👦 Büro', 'שלום', 'e\u0301', '\u{e007f}x']) {
    const team = await owner.makeTeam({ body: { name } });
    assert.equal((await owner.getTeam({ teamId: team.id })).name, name.normalize('NFC'));
  }
});

test('a zero byte in a form of the device flow makes it a wrong form', async () => {
  await makeApplication(app, 'hostile-text');
  const { status, body } = await postForm(app, '/oauth/device_authorization', { client_id: 'hostile\0text' });
  assert.equal(status, 400);
  assert.deepEqual(body, { error: 'invalid_request' });
});
