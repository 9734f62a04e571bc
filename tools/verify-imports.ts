import { globSync } from 'node:fs';
import type { ICruiseResult } from 'dependency-cruiser';
import type { ProgramResult } from './program.ts';
import { run } from './program.ts';

const FOLDERS = ['domain', 'contract', 'sdk', 'server', 'portal', 'tools', 'bench', 'proof', 'e2e', 'examples'];
const FEWEST_MODULES = 100;

/**
 * Import direction, by the rules in .dependency-cruiser.mjs.
 *
 * The cruiser is content when it understands none of our files, so the count of what it saw is part of the check.
 */
export async function verifyImports(): Promise<ProgramResult> {
  const files = FOLDERS.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`)).filter(
    (file) => !/(^|\/)(node_modules|dist)\/|\.d\.ts$/.test(file),
  );
  const folders = FOLDERS.filter((folder) => files.some((file) => file.startsWith(`${folder}/`)));
  const { output } = await run(
    ['depcruise', '--config', '.dependency-cruiser.mjs', '--output-type', 'json', ...folders],
    { quiet: true },
  );
  if (!output.startsWith('{')) return { passed: false, output };
  // The cruiser's own report, in the form of its types.
  const { summary, modules } = JSON.parse(output) as ICruiseResult;
  const seen = new Set(modules.map(({ source }) => source));
  const complaints = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
  const unseen = files.filter((file) => !seen.has(file)).map((file) => `not seen by the cruiser: ${file}`);
  const few = files.length < FEWEST_MODULES ? [`only ${files.length} modules of ours were found`] : [];
  const all = [...complaints, ...unseen, ...few];
  return { passed: all.length === 0, output: all.join('\n') };
}
