import assert from 'node:assert/strict';
import { it } from 'node:test';
import { reportOf } from '../part.ts';
import { notInstalled } from './part.ts';
import { missingPackages } from './program.ts';

it('a machine without the programs is told which are missing, and nothing is passed', () => {
  const missing = missingPackages(() => false);
  assert.deepEqual(missing, ['patroni', 'etcd-server', 'haproxy', 'postgresql-15']);
  const outcome = notInstalled(missing);
  assert.match(outcome.violations.join('\n'), /not tried: patroni, etcd-server, haproxy, postgresql-15/);
  assert.equal(reportOf('failover', 1, outcome).pass, false);
  assert.deepEqual(
    missingPackages(() => true),
    [],
  );
});
