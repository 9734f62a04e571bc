import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';

/** Where Debian puts PostgreSQL 15. */
export const POSTGRES_BIN = '/usr/lib/postgresql/15/bin';

/** PostgreSQL refuses to run as root, and Patroni starts it. */
export const DATABASE_USER = userInfo().uid === 0 ? 'postgres' : undefined;

const NEEDED = {
  patroni: 'patroni',
  etcd: 'etcd-server',
  haproxy: 'haproxy',
  [`${POSTGRES_BIN}/postgres`]: 'postgresql-15',
};

/** The Debian packages that are not installed and without which nothing here can be tried. */
export function missingPackages(isThere: (file: string) => boolean = existsSync): string[] {
  const missing = Object.entries(NEEDED).filter(([program]) => findProgram(program, isThere) === undefined);
  return missing.map(([, name]) => name);
}

function findProgram(name: string, isThere: (file: string) => boolean = existsSync): string | undefined {
  const folders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin'];
  const files = name.startsWith('/') ? [name] : folders.map((folder) => path.join(folder, name));
  return files.find((file) => isThere(file));
}

export interface ProgramOptions {
  readonly args: readonly string[];
  readonly log: string;
  readonly env?: Readonly<Record<string, string>>;
  /** As whom it runs; this process's own user where nobody is named. */
  readonly user?: string | undefined;
}

/** A program that runs beside this one, and ends with it at the latest. */
export class Program {
  readonly #child: ChildProcess;

  constructor(name: string, { args, log, env = {}, user }: ProgramOptions) {
    const program = findProgram(name) ?? name;
    const as = user === undefined ? [] : ['--reuid', user, '--regid', user, '--init-groups'];
    this.#child = spawn('setpriv', [...as, '--pdeathsig', 'KILL', '--', program, ...args], {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const written = createWriteStream(log, { flags: 'a' });
    for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.pipe(written, { end: false });
    this.#child.once('close', () => written.end());
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill(signal);
    await ended;
  }
}
