import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from './program.ts';

type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] };

/** The journeys in a real browser; closes with "N passed, N failed". */
export async function runBrowserTests(files: string[] = []): Promise<boolean> {
  if (globSync('e2e/**/*.spec.ts').length === 0) {
    console.log('There is no journey in e2e/ yet.');
    return true;
  }
  const portal = await run([process.execPath, 'tools/run.mjs', 'build']);
  if (!portal.passed) return false;
  const folder = mkdtempSync(path.join(tmpdir(), 'namesake-journeys-'));
  const report = path.join(folder, 'report.json');
  try {
    const { passed } = await run(['playwright', 'test', '--config=e2e', '--reporter=list,json', ...files], {
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    });
    console.log(closingLine(report));
    return passed;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function closingLine(report: string): string {
  if (!existsSync(report)) return '0 passed, 1 failed'; // it did not get as far as a test
  // Playwright's own report, in the form that its documentation gives.
  const { stats, errors } = JSON.parse(readFileSync(report, 'utf8')) as PlaywrightReport;
  return `${stats.expected + stats.flaky} passed, ${stats.unexpected + errors.length} failed`;
}
