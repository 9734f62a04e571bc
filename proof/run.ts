import { globSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ProofPart } from './part.ts';
import { reportOf } from './part.ts';

// npm run proof -- PART... --seconds N --seed S: tries to break Namesake, and ends with one line of JSON a part. Without a part:
// every one, short. Exit status 1 when a promise was broken.
const USAGE = 'npm run proof -- [PART...] [--seconds N] [--seed S]';
const SAID_OF_A_PART = 20;

const parts = await findParts();
const asked = readArguments();
if (asked) process.exitCode = (await prove(asked)) ? 0 : 1;
else process.exitCode = 2;

async function findParts(): Promise<ReadonlyMap<string, ProofPart>> {
  const files = globSync('*/part.ts', { cwd: import.meta.dirname }).sort();
  // Every part.ts exports its part by this name.
  const modules = await Promise.all(
    files.map((file) => import(path.join(import.meta.dirname, file)) as Promise<{ part: ProofPart }>),
  );
  return new Map(modules.map(({ part }) => [part.name, part]));
}

interface Asked {
  readonly chosen: readonly ProofPart[];
  readonly seconds: number | undefined;
  readonly seed: number;
}

/** What was asked for; undefined where it cannot be done, which has been said. */
function readArguments(): Asked | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { seconds: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
    });
    if (values.help) return help();
    const unknown = positionals.filter((name) => !parts.has(name));
    if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}.`);
    return {
      chosen: [...parts.values()].filter(({ name }) => positionals.length === 0 || positionals.includes(name)),
      seconds: values.seconds === undefined ? undefined : wholeNumber('--seconds', values.seconds),
      seed: values.seed === undefined ? Date.now() % 2 ** 31 : wholeNumber('--seed', values.seed),
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n`);
    return help();
  }
}

function help(): undefined {
  const about = [...parts.values()].map(({ name, about }) => `  ${name.padEnd(14)} ${about}`);
  console.error([USAGE, '', ...about].join('\n'));
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new Error(`${name} is no whole number: ${text}`);
  return Number(text);
}

async function prove({ chosen, seconds, seed }: Asked): Promise<boolean> {
  const lines: string[] = [];
  let held = true;
  for (const part of chosen) {
    const say = (line: string) => console.error(`${part.name}: ${line}`);
    say(`seed ${seed}`);
    const outcome = await part.run({ seconds: seconds ?? part.shortSeconds, seed, say });
    for (const violation of outcome.violations.slice(0, SAID_OF_A_PART)) say(`VIOLATION ${violation}`);
    const report = reportOf(part.name, seed, outcome);
    held &&= report.pass;
    lines.push(JSON.stringify(report));
  }
  for (const line of lines) process.stdout.write(`${line}\n`);
  return held;
}
