import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEngine } from '../server/db/engine.ts';
import { migrate } from '../server/db/migrate.ts';
import { describeSchema } from '../server/db/schema-description.ts';

const FILE = new URL('../server/db/schema.sql', import.meta.url);

const dataFolder = await mkdtemp(path.join(tmpdir(), 'namesake-schema-'));
const engine = await startEngine({ dataFolder, forTests: true });
const pool = new pg.Pool({ connectionString: engine.url });
await migrate(pool);
const text = await describeSchema(pool);
await pool.end();
await engine.stop();
await rm(dataFolder, { recursive: true, force: true });

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (readFileSync(FILE, 'utf8') !== text) {
  process.stderr.write('server/db/schema.sql is not what the migrations make: run npm run schema\n');
  process.exitCode = 1;
}
