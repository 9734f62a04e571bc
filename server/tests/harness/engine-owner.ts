// Owns a data folder until it is told to stop, for tests that need a second process.
import { startEngine } from '../../db/engine.ts';
import { runnerNamed } from '../../db/engine-runner.ts';

const [dataFolder = '', ...flags] = process.argv.slice(2);
const engine = await startEngine({
  dataFolder,
  forTests: flags.includes('forTests'),
  runner: flags.includes('rootAsNobody') ? runnerNamed('rootAsNobody') : undefined,
});
process.once('SIGTERM', () => {
  void engine.stop().then(() => process.exit(0));
});
setInterval(() => undefined, 60_000);
console.log('ready');
