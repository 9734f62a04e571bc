import assert from 'node:assert/strict';
import { it } from 'node:test';
import { restartInTurn } from './part.ts';

it('tells of requests that are dropped when servers are killed instead of stopped', async () => {
  const { violations } = await restartInTurn({ seconds: 0, seed: 1, say: () => {} }, 'SIGKILL', 1);
  assert.ok(
    violations.some((what) => /server broke off|terminated|nobody is ready/.test(what)),
    violations.join('\n'),
  );
});
