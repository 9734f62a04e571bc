import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Program } from './program.ts';

const startMillis = 60_000;

/** The real server on a port and a data folder of its own, with the embedded database and the demo in it. */
export class Server {
  readonly url: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #folder: string;
  #program: Program | undefined;

  private constructor(port: number, folder: string, settings: Readonly<Record<string, string>>) {
    this.url = `http://localhost:${port}`;
    this.#folder = folder;
    this.#env = {
      NAMESAKE_DATA: folder,
      NAMESAKE_PORT: String(port),
      NAMESAKE_URL: this.url,
      NAMESAKE_CHECK_RESPONSES: '1',
      DATABASE_URL: '',
      NAMESAKE_SMTP_URL: '',
      NAMESAKE_DEPLOYMENT: '',
      ...settings,
    };
  }

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Server> {
    const folder = await mkdtemp(path.join(tmpdir(), 'namesake-journey-'));
    const server = new Server(await freePort(), folder, settings);
    await server.resume();
    return server;
  }

  /** Starts with what the data folder holds. */
  async resume(): Promise<void> {
    this.#program = new Program(['server/main.ts'], this.#env);
    await this.#program.line(/is ready at/, { withinMillis: startMillis });
  }

  /** Stops; the data stays. */
  async pause(): Promise<void> {
    await this.#program?.stop();
  }

  /** Stops and takes the data along. */
  async end(): Promise<void> {
    await this.pause();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  // A listening TCP server has an address of this shape.
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
