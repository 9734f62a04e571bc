import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './program.ts';

const FOLDERS = 'domain,contract,sdk,server,portal,tools,bench,proof,examples';
const SLOWEST_TEST_MILLISECONDS = 120_000;
/** What a failed test leaves open keeps node:test waiting for ever: the run ends all the same. */
const LONGEST_RUN_MINUTES = 25;
/** Each starts a database of its own and waits for it much of the time, so two keep two cores at work. */
const AT_ONCE = 2;
/** More than run at once, so that both are at work to the end. */
const PARTS = 4;
const FEW_FILES = 8;

export function findNodeTests(folders: string = FOLDERS): string[] {
  const pattern = folders.includes(',') ? `{${folders}}` : folders;
  return globSync(`${pattern}/**/*.test.ts`, { exclude: (name) => name === 'node_modules' }).sort();
}

/** Runs the files with node:test, whose closing lines it leaves as they are; many of them in a few processes side by side. */
export async function runNodeTests(files: string[], env: Record<string, string> = {}): Promise<boolean> {
  if (files.length <= FEW_FILES) return runTests(['--test-isolation=none', ...files], env);
  const folder = mkdtempSync(path.join(tmpdir(), 'namesake-parts-'));
  try {
    return await runTests([`--test-concurrency=${AT_ONCE}`, ...writeParts(folder, files)], env);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runTests(flagsAndFiles: string[], env: Record<string, string>): Promise<boolean> {
  const command = [process.execPath, '--test', `--test-timeout=${SLOWEST_TEST_MILLISECONDS}`, ...flagsAndFiles];
  return (await run(command, { env, limitMinutes: LONGEST_RUN_MINUTES })).passed;
}

/** Files that import all the others, which node:test would otherwise give a process each. Slow neighbours come into different ones. */
function writeParts(folder: string, files: readonly string[]): string[] {
  return Array.from({ length: PARTS }, (_, part) => {
    const own = files.filter((_, index) => index % PARTS === part);
    const file = path.join(folder, `part-${part + 1}.mjs`);
    writeFileSync(file, own.map((name) => `await import('${pathToFileURL(path.resolve(name))}');\n`).join(''));
    return file;
  });
}
