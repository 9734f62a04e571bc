import { benchBackup } from './backup.ts';
import { benchChecks } from './check.ts';
import type { Figure } from './figure.ts';
import { describeFigure } from './figure.ts';
import { benchGives } from './give.ts';
import { benchLeases } from './lease.ts';
import { benchLoad } from './load.ts';
import { benchPush } from './push.ts';
import { benchSdk } from './sdk.ts';
import { benchStreams } from './stream.ts';

// Prints what was measured: for people, or with --json one line of JSON a figure. Names select benches: npm run bench -- give
const benches: Record<string, () => Promise<Figure[]>> = {
  backup: () => benchBackup(),
  check: benchChecks,
  give: benchGives,
  lease: benchLeases,
  load: benchLoad,
  push: benchPush,
  sdk: benchSdk,
  stream: benchStreams,
};

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const asJson = process.argv.includes('--json');
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const figure of await bench()) {
    process.stdout.write(`${asJson ? JSON.stringify(figure) : describeFigure(figure)}\n`);
  }
}
