import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Outcome {
  readonly cells: number;
  readonly violations: readonly string[];
}

/** What a program of this folder found: it prints that last. */
export async function outcomeOf(program: string): Promise<Outcome> {
  const file = path.join(import.meta.dirname, program);
  const { stdout } = await run(process.execPath, [file], { maxBuffer: 64 * 1024 * 1024 });
  // The programs write nothing else there.
  return JSON.parse(stdout) as Outcome;
}
