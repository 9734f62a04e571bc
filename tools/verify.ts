// npm run verify: everything that must hold before a change goes in. With --without-tests: all but the tests.
import { existsSync } from 'node:fs';
import type { ProgramResult } from './program.ts';
import { run } from './program.ts';
import { runBrowserTests } from './test-browser.ts';
import { findNodeTests, runNodeTests } from './test-node.ts';
import { verifyImports } from './verify-imports.ts';

type Check = { name: string; passes: () => Promise<ProgramResult> };

const withoutTests = process.argv.includes('--without-tests');
const results = await Promise.all(findChecks().map(report));
const checked = results.every((passed) => passed);
const tested = withoutTests || ((await runNodeTests(findNodeTests())) && (await runBrowserTests()));
process.exitCode = checked && tested ? 0 : 1;

function findChecks(): Check[] {
  return [
    { name: 'format and style', passes: biome('check', '--error-on-warnings') },
    // Apart, because it reads the types of every package: too slow for an editor.
    {
      name: 'promises are awaited',
      passes: biome('lint', '--config-path=biome.promises.json', '--diagnostic-level=error'),
    },
    { name: 'types', passes: typesOf('.') },
    { name: 'types of the portal', passes: typesOf('portal') },
    { name: 'types of the journeys', passes: typesOf('e2e') },
    { name: 'import direction', passes: verifyImports },
    { name: 'nothing unused', passes: quietly('knip') },
    ...generated('openapi.json', 'tools/openapi.ts'),
    ...generated('server/db/schema.sql', 'tools/schema.ts'),
  ];
}

function biome(...args: string[]): Check['passes'] {
  return quietly('biome', ...args, '--colors=off', '--max-diagnostics=50');
}

function typesOf(project: string): Check['passes'] {
  return quietly(process.execPath, 'node_modules/typescript7/bin/tsc', '--project', project);
}

/** What a program writes and we keep in git is what it would write now. */
function generated(file: string, program: string): Check[] {
  if (!existsSync(program)) return [];
  return [{ name: `${file} is up to date`, passes: quietly(process.execPath, program, '--check') }];
}

function quietly(...command: string[]): Check['passes'] {
  return () => run(command, { quiet: true });
}

async function report({ name, passes }: Check): Promise<boolean> {
  const start = performance.now();
  const { passed, output } = await passes();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${passed ? '✔' : '✖'} ${name} (${seconds} s)`);
  if (!passed) console.log(output.replaceAll(/^/gm, '    '));
  return passed;
}
