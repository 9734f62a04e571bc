import { readConfig } from './config.ts';
import { DataFolderInUse } from './db/engine-lock.ts';
import { ConfigError } from './platform/config-error.ts';
import { startServer } from './server.ts';

try {
  const server = await startServer(readConfig(process.env), { fresh: process.argv.includes('--fresh') });
  process.stdout.write(`${server.greeting}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void server.stop().then(() => process.exit(0));
    });
  }
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof DataFolderInUse)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
