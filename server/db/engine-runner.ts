import { spawnSync } from 'node:child_process';
import { EngineUnavailable } from './engine-binaries.ts';

/**
 * How programs of PostgreSQL are run on this machine.
 *
 * PostgreSQL refuses to run as root, and must not outlive us. `owner` is the user id that its files need, when it differs from ours.
 */
export type EngineRunner = { name: RunnerName; brief: string[]; lasting: string[]; owner: number | undefined };

export type RunnerName = 'user' | 'rootInNamespace' | 'rootAsNobody';

const NOBODY = 65534;
/** To whom files belong that root has made, in the one way of running or the other. */
export const OF_ROOT: readonly (number | undefined)[] = [0, NOBODY];

const NAMESPACE = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
// Nobody may not look into root's folders, so it keeps that one ability, in access(2) too.
const AS_NOBODY = [
  'setpriv',
  `--reuid=${NOBODY}`,
  `--regid=${NOBODY}`,
  '--clear-groups',
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
  '--securebits=+no_setuid_fixup',
];
const DIES_WITH_PARENT = ['--pdeathsig', 'INT'];

/** @throws EngineUnavailable when we are root and can't become anybody else. */
export function findRunner(): EngineRunner {
  const names: RunnerName[] = process.getuid?.() === 0 ? ['rootInNamespace', 'rootAsNobody'] : ['user'];
  for (const name of names) {
    const runner = runnerNamed(name);
    if (runner) return runner;
  }
  throw new EngineUnavailable('PostgreSQL refuses to run as root, and neither unshare nor setpriv works here');
}

/** The runner of that name, or undefined where the machine lacks what it needs. */
export function runnerNamed(name: RunnerName): EngineRunner | undefined {
  if (name === 'rootAsNobody') {
    if (!runs(AS_NOBODY)) return undefined;
    return { name, brief: AS_NOBODY, lasting: [...AS_NOBODY, ...DIES_WITH_PARENT], owner: NOBODY };
  }
  const brief = name === 'rootInNamespace' ? NAMESPACE : [];
  const setpriv = ['setpriv', ...DIES_WITH_PARENT];
  const lasting = runs([...brief, ...setpriv]) ? [...brief, ...setpriv] : brief;
  if (lasting === brief && brief.length > 0 && !runs(brief)) return undefined;
  return { name, brief, lasting, owner: name === 'rootInNamespace' ? 0 : undefined };
}

function runs(prefix: string[]): boolean {
  const [command = '', ...args] = [...prefix, 'true'];
  return spawnSync(command, args).status === 0;
}
