import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Hono } from 'hono';
import { healthRoutes } from './health.routes.ts';

async function ask(path: string, freshness: { isUsable: boolean; isCurrent: boolean }, isClosing = false) {
  const http = new Hono();
  healthRoutes(http, { feed: freshness }, () => isClosing);
  const answer = await http.request(path);
  return { status: answer.status, body: await answer.json() };
}

describe('health', () => {
  for (const { what, freshness, isClosing, status, body } of [
    {
      what: 'is ready with the database',
      freshness: { isUsable: true, isCurrent: true },
      status: 200,
      body: { state: 'ready', database: 'reached' },
    },
    {
      what: 'is ready while it answers from memory',
      freshness: { isUsable: true, isCurrent: false },
      status: 200,
      body: { state: 'ready', database: 'away' },
    },
    {
      what: 'waits when what it remembers is too old',
      freshness: { isUsable: false, isCurrent: false },
      status: 503,
      body: { state: 'waiting', database: 'away' },
    },
    {
      what: 'is not ready when it is about to end',
      freshness: { isUsable: true, isCurrent: true },
      isClosing: true,
      status: 503,
      body: { state: 'closing' },
    },
  ]) {
    it(what, async () => {
      assert.deepEqual(await ask('/health/ready', freshness, isClosing), { status, body });
      const live = { status: 200, body: { state: 'live' } };
      assert.deepEqual(await ask('/health/live', freshness, isClosing), live, 'and lives');
    });
  }
});
