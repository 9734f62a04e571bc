// npm run format: writes every file as the style rules want it, as far as a program can.
import { run } from './program.ts';

const named = process.argv.slice(2);
process.exitCode = (await run(['biome', 'check', '--write', ...named])).passed ? 0 : 1;
