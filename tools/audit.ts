// npm run audit: whether a known fault is in a package that we install. Before a release: npm run audit -- --required
import { spawnSync } from 'node:child_process';

interface Report {
  readonly metadata?: { readonly vulnerabilities: Readonly<Record<string, number>> };
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>;
}

const GRAVE = new Set(['high', 'critical']);

const { stdout } = spawnSync('npm', ['audit', '--package-lock-only', '--json'], { encoding: 'utf8', timeout: 120_000 });
const report = read(stdout);
if (report.metadata) {
  const faults = Object.entries(report.vulnerabilities ?? {});
  for (const [name, { severity, range }] of faults) console.log(`${severity}: ${name} ${range}`);
  const grave = faults.filter(([, { severity }]) => GRAVE.has(severity)).length;
  console.log(`${faults.length} packages with a known fault, ${grave} of them high or critical.`);
  process.exitCode = grave > 0 ? 1 : 0;
} else {
  // Many a mirror serves packages and no advisories.
  console.log('This registry answers no audit: nothing was checked.');
  process.exitCode = process.argv.includes('--required') ? 1 : 0;
}

function read(text: string | null): Report {
  try {
    return JSON.parse(text ?? '') as Report;
  } catch {
    return {};
  }
}
