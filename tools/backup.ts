import { parseArgs } from 'node:util';
import { readServerKey } from '../server/data-folder.ts';
import { writeBackupFile, writeBackupToOutput } from '../server/features/backup/backup-file.service.ts';
import type { Manifest } from '../server/features/backup/manifest.ts';
import { administer, InputError, signalOfEnd } from './administration.ts';

/** namesake backup FILE|- [--with-key] */
export function backup(args: string[]): Promise<number> {
  return administer(async ({ config, seed, withDatabase }) => {
    const { file, withKey } = readArguments(args);
    const serverKey = readServerKey(config);
    const began = performance.now();
    const manifest = await withDatabase((connectionString) => {
      const options = { connectionString, serverKey, withKey, seed: seed ?? 'own', signal: signalOfEnd() };
      return file === '-' ? writeBackupToOutput(options) : writeBackupFile(file, options);
    });
    tell(manifest, (performance.now() - began) / 1000);
    tellKey(withKey);
    return 0;
  });
}

function readArguments(args: string[]): { file: string; withKey: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { 'with-key': { type: 'boolean', default: false } },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0)
      throw new Error('Say where to: namesake backup FILE, or - for standard output');
    if (file === '-') requireOutput();
    return { file, withKey: values['with-key'] };
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
}

/** Whatever else stands in it would stand in the backup, which then is none. */
function requireOutput(): void {
  if (process.stdout.isTTY)
    throw new Error('A terminal takes no backup: lead standard output into a program or a file');
  // Set by tools/run.mjs.
  if (process.env.NAMESAKE_OUTPUT_BEGUN === undefined) return;
  throw new Error(
    'npm writes to standard output as well, unless it is told not to: npm run --silent namesake -- backup -',
  );
}

/** On standard error: standard output may be the backup itself. */
function tell({ at, tables, record }: Manifest, seconds: number): void {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.error(`Backed up as of ${at}: ${tables.length} tables, ${rows} rows, in ${seconds.toFixed(1)} s.`);
  console.error(`${record.events} events in ${record.streams} streams; digest of all heads ${record.digest}`);
}

function tellKey(withKey: boolean): void {
  console.error(
    withKey
      ? "The server's key is in it: keep the file as you keep the key."
      : "The server's key is not in it, and without that key it cannot be restored whole: keep NAMESAKE_SECRET, or the file server.key of the data folder, at another place.",
  );
}
