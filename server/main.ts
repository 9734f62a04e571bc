import process from 'node:process';
import { readConfig } from './config.ts';
import { EngineError } from './db/engine-error.ts';
import { ConfigError } from './platform/config-error.ts';
import type { RunningServer } from './server.ts';
import { startServer } from './server.ts';

try {
  const server = await startServer(readConfig(process.env), { fresh: process.argv.includes('--fresh') });
  process.stdout.write(`${server.greeting}\n`);
  stopOnSignal(server);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof EngineError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

/** A terminal and a supervisor may both signal: the first one counts, and the rest must not cut it short. */
function stopOnSignal(server: RunningServer): void {
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await server.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
}
