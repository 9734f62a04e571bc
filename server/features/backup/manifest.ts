import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** The format of the file. Another one is refused. */
export const BACKUP_FORMAT = 1;

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const table = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  /** Over the table's rows as they are copied, whatever parts they are cut into. */
  sha256: hash,
});

const manifest = z.object({
  format: z.literal(BACKUP_FORMAT),
  /** When the snapshot was taken, by the database's clock. */
  at: z.string(),
  postgres: z.string(),
  /** Each one that had been applied, in order. */
  migrations: z.array(z.string()).min(1),
  /** What the data folder was made for. */
  seed: z.enum(['demo', 'own']),
  tables: z.array(table),
  /** Values that no row of the snapshot lies above. */
  sequences: z.array(z.object({ name: z.string(), value: z.int().nullable() })),
  record: z.object({ streams: z.int(), events: z.int(), digest: hash }),
});

/** What a backup says of itself; its last words. */
export type Manifest = z.infer<typeof manifest>;
export type TableOfManifest = z.infer<typeof table>;

/** Reads a manifest; undefined where the text is none of this format. */
export function readManifest(text: string): Manifest | undefined {
  try {
    return manifest.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * The seal of a manifest: only who has the server's key can make it, so it tells a changed file from a sound one, and one
 * server's key from another's. The manifest in turn holds the hash of everything else.
 */
export function sealOf(serverKey: Buffer, manifestText: string): string {
  const key = Buffer.from(hkdfSync('sha256', serverKey, '', 'namesake backup', 32));
  return createHmac('sha256', key).update(manifestText).digest('hex');
}

export function isSealedWith(serverKey: Buffer, manifestText: string, seal: string): boolean {
  const expected = Buffer.from(sealOf(serverKey, manifestText));
  const given = Buffer.from(seal);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
