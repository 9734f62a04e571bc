import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

interface Process {
  readonly pid: number;
  readonly parent: number;
}

function listProcesses(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // After the name, which may hold anything, stand state and parent.
        const after = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1) ?? '';
        return [{ pid: Number(name), parent: Number(after.split(' ')[1]) }];
      } catch {
        return []; // it has ended meanwhile
      }
    });
}

/** A process and all that came from it. */
function familyOf(pid: number): number[] {
  const all = listProcesses();
  const family = [pid];
  for (const parent of family) family.push(...all.filter((each) => each.parent === parent).map((each) => each.pid));
  return family;
}

/** Ends a process and all that came from it, as a power failure does, and waits until they are gone. */
export async function killFamily(pid: number): Promise<void> {
  const family = familyOf(pid);
  for (const each of family) signal(each, 'SIGKILL');
  while (family.some(isAlive)) await delay(5);
}

/** Sends a signal to a process that may have ended. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Whether it is there and no mere entry that waits for its parent. */
export function isAlive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
