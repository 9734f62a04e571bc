import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from './fill.ts';
import { fillFile, readSettings } from './fill.ts';
import { killFamily } from './processes.ts';
import { DATABASE_USER, Program } from './program.ts';

export interface MachineOptions {
  readonly name: string;
  readonly address: string;
  readonly folder: string;
  readonly settings: Settings;
}

/** What Patroni says of a member of its cluster. */
export interface Member {
  readonly name: string;
  readonly role: string;
  readonly state: string;
  readonly timeline?: number;
  readonly lag?: number | string;
}

/** A machine of the database: its member of etcd, and but for the third one Patroni with its PostgreSQL. */
export class DatabaseMachine {
  readonly name: string;
  readonly address: string;
  readonly #folder: string;
  readonly #settings: Settings;
  #etcd: Program | undefined;
  #patroni: Program | undefined;

  constructor({ name, address, folder, settings }: MachineOptions) {
    this.name = name;
    this.address = address;
    this.#folder = folder;
    this.#settings = {
      ...settings,
      NODE_NAME: name,
      NODE_ADDRESS: address,
      DATA_FOLDER: this.#dataFolder,
      SOCKET_FOLDER: folder,
      ETCD_FOLDER: path.join(folder, 'etcd'),
      PGPASS_FILE: path.join(folder, 'pgpass'),
    };
  }

  async startEtcd(): Promise<void> {
    const file = await fillFile('etcd/etcd.env', this.#settings, path.join(this.#folder, 'etcd.env'));
    const env = readSettings(await readFile(file, 'utf8'));
    this.#etcd = new Program('etcd', { args: [], env, user: DATABASE_USER, log: path.join(this.#folder, 'etcd.log') });
  }

  async startPatroni(): Promise<void> {
    const file = await fillFile('patroni/patroni.yml', this.#settings, path.join(this.#folder, 'patroni.yml'));
    const log = path.join(this.#folder, 'patroni.log');
    this.#patroni = new Program('patroni', { args: [file], user: DATABASE_USER, log });
  }

  /** Ends Patroni and PostgreSQL like a power failure; the machine's member of etcd too, where the whole machine fails. */
  async kill({ whole }: { whole: boolean }): Promise<void> {
    const postmaster = await this.#postmaster();
    await Promise.all([
      this.#patroni?.end('SIGKILL'),
      postmaster === undefined ? undefined : killFamily(postmaster),
      whole ? this.#etcd?.end('SIGKILL') : undefined,
    ]);
  }

  /** Starts again what is not running. */
  async startAgain(): Promise<void> {
    if (this.#etcd?.hasEnded) await this.startEtcd();
    if (this.#patroni?.hasEnded) await this.startPatroni();
  }

  /** What Patroni answers here; undefined where it does not. */
  async ask(pathname: string): Promise<{ status: number; body: unknown } | undefined> {
    try {
      const answer = await fetch(`http://${this.address}:8008${pathname}`, { signal: AbortSignal.timeout(2000) });
      return { status: answer.status, body: await answer.json() };
    } catch {
      return undefined;
    }
  }

  /** Tells Patroni something that takes its password. @throws Error where it refuses. */
  async tell(method: string, pathname: string, body: object): Promise<void> {
    const credentials = Buffer.from(`patroni:${this.#settings.API_PASSWORD}`).toString('base64');
    const answer = await fetch(`http://${this.address}:8008${pathname}`, {
      method,
      headers: { authorization: `Basic ${credentials}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`Patroni refused ${method} ${pathname}: ${await answer.text()}`);
  }

  get #dataFolder(): string {
    return path.join(this.#folder, 'data');
  }

  async #postmaster(): Promise<number | undefined> {
    const text = await readFile(path.join(this.#dataFolder, 'postmaster.pid'), 'utf8').catch(() => '');
    return text === '' ? undefined : Number(text.split('\n')[0]);
  }
}
