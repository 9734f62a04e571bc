import process from 'node:process';
import { createNamesake } from '../../sdk/index.ts';
import type { Sheet } from './drawing.ts';
import { readOptions } from './options.ts';
import { PlainFace } from './plain-face.ts';
import { Sketchpad } from './sketchpad.ts';
import type { Face, Key } from './status.ts';
import { TerminalFace } from './terminal-face.ts';

const { server, application, product, team, place, plain } = readOptions(process.argv.slice(2));
const namesake = createNamesake({ server, application, place });
const face = chooseFace();
const sketchpad = new Sketchpad({ namesake, server, product, team, onStatus: (status) => face.show(status) });

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, quit);
process.once('exit', () => face.close());
await sketchpad.start();

function chooseFace(): Face {
  const { stdin, stdout, env } = process;
  if (plain || !stdout.isTTY || !stdin.isTTY) {
    return new PlainFace({ input: stdin, write: (line) => stdout.write(`${line}\n`), onKey: press });
  }
  return new TerminalFace({ input: stdin, output: stdout, colour: !env.NO_COLOR, onKey: press });
}

function press(key: Key, sheet: Sheet): void {
  if (key === 'q' || key === 'interrupt') quit();
  else sketchpad.press(key, sheet);
}

function quit(): void {
  sketchpad.close();
  process.exit();
}
