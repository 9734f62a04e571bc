import { globSync } from 'node:fs';
import { run } from './program.ts';

const FOLDERS = 'domain,contract,sdk,server,portal,tools,bench,proof,examples';
const SLOWEST_TEST_MILLISECONDS = 120_000;
/** What a failed test leaves open keeps node:test waiting for ever: the run ends all the same. */
const LONGEST_RUN_MINUTES = 25;

export function findNodeTests(folders: string = FOLDERS): string[] {
  const pattern = folders.includes(',') ? `{${folders}}` : folders;
  return globSync(`${pattern}/**/*.test.ts`, { exclude: (name) => name === 'node_modules' }).sort();
}

/** Runs the files in one process with node:test, whose closing lines it leaves as they are. */
export async function runNodeTests(files: string[], env: Record<string, string> = {}): Promise<boolean> {
  const flags = ['--test', '--test-isolation=none', `--test-timeout=${SLOWEST_TEST_MILLISECONDS}`];
  return (await run([process.execPath, ...flags, ...files], { env, limitMinutes: LONGEST_RUN_MINUTES })).passed;
}
