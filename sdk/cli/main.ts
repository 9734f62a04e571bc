#!/usr/bin/env node
import { hostname } from 'node:os';
import process from 'node:process';
import { platformFolder } from '../file-cache.ts';
import { createNamesake } from '../index.ts';
import { run } from './run.ts';

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
// Who reads only the first lines is no reason to fail.
process.stdout.on('error', () => process.exit());

process.exitCode = await run(process.argv.slice(2), {
  // biome-ignore lint/style/noProcessEnv: a command reads its defaults from the environment.
  env: process.env,
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
  open: createNamesake,
  folder: platformFolder(),
  host: hostname(),
  signal: interrupted.signal,
});
