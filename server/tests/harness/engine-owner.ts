// Owns a data folder until it is told to stop, for tests that need a second process.

import { startEngine } from '../../db/engine.ts';
import { runnerNamed } from '../../db/engine-runner.ts';

const [dataFolder = '', runner] = process.argv.slice(2);
const engine = await startEngine({ dataFolder, runner: runner === 'rootAsNobody' ? runnerNamed(runner) : undefined });
process.once('SIGTERM', () => {
  void engine.stop().then(() => process.exit(0));
});
setInterval(() => undefined, 60_000);
console.log('ready');
