import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Config } from '../server/config.ts';
import { findServerKey, keepRestored } from '../server/data-folder.ts';
import type { CheckedBackup } from '../server/features/backup/archive-check.ts';
import { checkArchive } from '../server/features/backup/archive-check.ts';
import { BackupError } from '../server/features/backup/backup-error.ts';
import { restoreBackup } from '../server/features/backup/restore.service.ts';
import type { Deployment } from './administration.ts';
import { administer, InputError } from './administration.ts';

/** namesake restore FILE [--new-key] */
export function restore(args: string[]): Promise<number> {
  return administer(async (deployment) => {
    const { file, newKey } = readArguments(args);
    const began = performance.now();
    const backup = await checkArchive(file);
    const { manifest } = backup;
    const serverKey = newKey ? randomBytes(32) : chooseKey(backup, deployment.config);
    refuseOtherSeed(backup, deployment);
    const keep = () => keepRestored(deployment.config, { seed: manifest.seed, serverKey });
    await deployment.withNewDatabase((url) => restoreBackup({ file, manifest, keep }, url));
    tell(backup, (performance.now() - began) / 1000, newKey);
    return 0;
  });
}

function readArguments(args: string[]): { file: string; newKey: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { 'new-key': { type: 'boolean', default: false } },
    });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) throw new Error('Say what from: namesake restore FILE');
    return { file, newKey: values['new-key'] };
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
}

/** The key under which the backup was made: this server's, or the one in the file. */
function chooseKey(backup: CheckedBackup, config: Config): Buffer {
  const own = findServerKey(config);
  const key = own ?? backup.serverKey;
  if (!key) {
    throw new BackupError(`The backup was made under a key of the server that is neither here nor in the file. Put the file server.key
into ${config.dataFolder}, or set NAMESAKE_SECRET. If the key is lost: --new-key, which voids leases, links in mails and sign-ins.`);
  }
  if (backup.isSealedWith(key)) return key;
  throw new BackupError(
    own
      ? 'The backup was made under another key than this server has, or was changed since it was made. Nothing was changed.'
      : 'The backup was changed since it was made. Nothing was changed.',
  );
}

/** A demo lets anybody sign in, and would be filled up with people of its own. */
function refuseOtherSeed({ manifest }: CheckedBackup, { seed, config }: Deployment): void {
  if (seed === undefined || seed === manifest.seed) return;
  throw new BackupError(
    manifest.seed === 'demo'
      ? `The backup is a demo's, and ${config.dataFolder} belongs to a deployment of its own.`
      : `The backup is a deployment's own, and ${config.dataFolder} holds a demo: set NAMESAKE_DATA and NAMESAKE_DEPLOYMENT.`,
  );
}

function tell({ manifest }: CheckedBackup, seconds: number, newKey: boolean): void {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  console.error(
    `Restored as of ${manifest.at}: ${manifest.tables.length} tables, ${rows} rows, in ${seconds.toFixed(1)} s.`,
  );
  console.error('Everybody signs in again in the browser; applications stay signed in.');
  if (newKey) console.error('Withdraw the old signing keys, which do not open any more: npm run keys -- list');
  console.error('Check it: npm run namesake -- verify. It must say');
  console.log(`digest of all heads  ${manifest.record.digest}`);
}
