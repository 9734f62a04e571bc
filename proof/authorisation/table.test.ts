import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestApp } from '../../server/tests/harness/app.ts';
import { createTestApp } from '../../server/tests/harness/app.ts';
import { calls } from './calls/calls.ts';
import { gapsBetween, unknownRoutes } from './completeness.ts';
import type { Documented } from './document.ts';
import { readDocument } from './document.ts';
import { expectations, others } from './table/expectations.ts';

describe('the table of who may do what', () => {
  let app: TestApp;
  let document: Documented[];

  before(async () => {
    app = await createTestApp();
    document = await readDocument(app);
  });
  after(() => app.close());

  it('has a line for each address of the served document, and none for another', () => {
    assert.ok(document.length > 80);
    assert.deepEqual(gapsBetween(expectations, document), []);
  });

  it('knows every address that the router answers', () => {
    assert.deepEqual(unknownRoutes(app, document, others), []);
  });

  it('knows how to ask for each of its lines', () => {
    assert.deepEqual(Object.keys(calls).sort(), Object.keys(expectations).sort());
  });

  it('reports an address without its line, a line without its address, and a line for somebody else', () => {
    const { getTeam, ...rest } = expectations;
    const table = { ...rest, getSecret: getTeam, getMe: { ...getTeam, access: 'service' as const } };
    assert.deepEqual(gapsBetween(table, document), [
      'GET /v1/teams/{teamId} (getTeam) has no expectation',
      'the expectation getSecret has no address',
      'getMe is for service and shown to session',
    ]);
  });

  it('reports an address of the router that neither document nor table has', () => {
    const { 'GET /docs': _, ...rest } = others;
    const undocumented = document.filter(({ operationId }) => operationId !== 'getMe');
    assert.deepEqual(unknownRoutes(app, undocumented, rest), ['GET /v1/me', 'GET /docs']);
  });
});
