import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { findServerKey } from '../server/data-folder.ts';
import { checkArchive } from '../server/features/backup/archive-check.ts';
import { checkRecordOfBackup } from '../server/features/backup/backup-file.service.ts';
import type { SealKeys } from '../server/features/record/record-check.service.ts';
import { checkRecord } from '../server/features/record/record-check.service.ts';
import type { Deployment } from './administration.ts';
import { administer, InputError, tellRecord } from './administration.ts';

/** namesake verify [FILE] [--keys FILE] */
export function verify(args: string[]): Promise<number> {
  return administer(async (deployment) => {
    const { file, keysFile } = readArguments(args);
    const keys = keysFile === undefined ? undefined : await readKeys(keysFile);
    if (file !== undefined) return verifyFile(file, deployment, keys);
    return tellRecord(await deployment.withDatabase((url) => checkRecord(url, keys)));
  });
}

async function verifyFile(file: string, { config }: Deployment, keys: SealKeys | undefined): Promise<number> {
  const backup = await checkArchive(file);
  const key = findServerKey(config) ?? backup.serverKey;
  console.log(`${file} is whole: every part is what its manifest says, as of ${backup.manifest.at}.`);
  if (!key) console.log('Whether this server has made it cannot be told without its key.');
  else if (backup.isSealedWith(key)) console.log("It was made under this server's key.");
  else {
    console.error('It was made under another key than this server has, or was changed since it was made.');
    return 1;
  }
  return tellRecord(await checkRecordOfBackup(file, backup.manifest, keys));
}

function readArguments(args: string[]): { file: string | undefined; keysFile: string | undefined } {
  try {
    const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { keys: { type: 'string' } } });
    const [file, ...more] = positionals;
    if (more.length > 0) throw new Error(`verify takes one file: ${more.join(' ')}`);
    return { file, keysFile: values.keys };
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
}

const jwks = z.object({
  keys: z.array(
    z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), kid: z.string(), x: z.string().length(43) }),
  ),
});

async function readKeys(file: string): Promise<SealKeys> {
  try {
    const { keys } = jwks.parse(JSON.parse(await readFile(file, 'utf8')));
    return new Map(keys.map(({ kid, x }) => [kid, x]));
  } catch {
    throw new InputError(`${file} is no list of signing keys, as /.well-known/jwks.json is.`);
  }
}
