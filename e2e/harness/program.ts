import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.resolve(import.meta.dirname, '../..');
const patienceMillis = 20_000;
const stopMillis = 10_000;
const shownLines = 30;
const shownCharacters = 300;

/** A program of the project that runs beside the browser, known by the lines that it prints. */
export class Program {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();
  #errors = '';

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const child = spawn(process.execPath, [...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.#lines.push(line);
      this.#wake();
    });
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      this.#errors += part;
    });
    child.once('exit', () => this.#wake());
    process.once('exit', this.#kill);
  }

  /** How many lines there are by now: where to look on from. */
  get lineCount(): number {
    return this.#lines.length;
  }

  /** The first line that matches, from a given one on. @throws Error with all that was printed, if none comes. */
  async line(pattern: RegExp, { from = 0, withinMillis = patienceMillis } = {}): Promise<RegExpExecArray> {
    const deadline = Date.now() + withinMillis;
    for (;;) {
      const found = this.#find(pattern, from);
      if (found) return found;
      const left = deadline - Date.now();
      if (left <= 0 || this.#hasEnded()) throw new Error(this.#complaint(pattern));
      await this.#news(left);
    }
  }

  /** Asks the program to end, and makes it if it won't. */
  async stop(): Promise<void> {
    process.removeListener('exit', this.#kill);
    if (this.#hasEnded()) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const force = setTimeout(this.#kill, stopMillis);
    await ended;
    clearTimeout(force);
  }

  #find(pattern: RegExp, from: number): RegExpExecArray | undefined {
    for (const line of this.#lines.slice(from)) {
      const match = pattern.exec(line);
      if (match) return match;
    }
    return undefined;
  }

  #news(withinMillis: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(wake, withinMillis);
      const waiting = this.#waiting;
      waiting.add(wake);
      function wake() {
        clearTimeout(timer);
        waiting.delete(wake);
        resolve();
      }
    });
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  #complaint(pattern: RegExp): string {
    const state = this.#hasEnded() ? `ended with ${this.#child.exitCode ?? this.#child.signalCode}` : 'goes on';
    const printed = [...this.#lines, ...this.#errors.split('\n')].slice(-shownLines);
    return [`No line matches ${pattern}; the program ${state}.`, ...printed.map(shorten)].join('\n');
  }

  readonly #kill = (): void => void this.#child.kill('SIGKILL');
}

function shorten(line: string): string {
  return line.length > shownCharacters ? `${line.slice(0, shownCharacters)} …` : line;
}
