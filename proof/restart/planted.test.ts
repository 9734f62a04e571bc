import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerProcess } from '../../server/tests/harness/server-process.ts';
import type { Balancer } from './balancer.ts';
import { restartInTurn } from './part.ts';

it('tells of requests that are dropped when servers are killed instead of stopped', async () => {
  const { violations } = await restartInTurn({ seconds: 0, seed: 1, say: () => {} }, killWhileAsked, 1);
  assert.ok(
    violations.some((what) => /server broke off|terminated|nobody is ready/.test(what)),
    violations.join('\n'),
  );
});

/** Kills a server that stands still until somebody waits for its answer: at any other moment a kill may drop nothing. */
async function killWhileAsked(server: ServerProcess, balancer: Balancer): Promise<void> {
  process.kill(server.pid, 'SIGSTOP');
  // After two seconds the balancer takes it for away, and sends it nobody.
  for (const deadline = Date.now() + 2000; balancer.unanswered(server.url) === 0 && Date.now() < deadline; )
    await delay(10);
  await server.kill();
}
