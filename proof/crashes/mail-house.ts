import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { findFreePort } from '../../server/db/engine-postmaster.ts';
import type { Kept } from './keep-alive.ts';
import { keepAlive } from './keep-alive.ts';
import type { TakenMail } from './taken-mail.ts';
import { readMail } from './taken-mail.ts';

/** The mail server, which can be killed, and all that it has taken. */
export interface MailHouse {
  readonly url: string;
  readonly server: Kept;
  /** @returns Whether there was one to kill. */
  kill(): boolean;
  /** Has it end itself when it has taken the next message and before it says so. @param died Told when it has. */
  dieAtNext(died: () => void): void;
  /** Has it live on after all, and waits until it is there. */
  spare(): Promise<void>;
  /** Has it refuse a mailbox from now on, and after each restart. */
  refuse(address: string): void;
  /** Every message that was ever taken, oldest first. */
  messages(): readonly TakenMail[];
}

const PROGRAM = path.join(import.meta.dirname, 'mail-server.process.ts');

export async function openMailHouse(folder: string): Promise<MailHouse> {
  const file = path.join(folder, 'mails.jsonl');
  const port = await findFreePort();
  const orders: string[] = [];
  let child: ChildProcess | undefined;
  let onDeath: (() => void) | undefined;
  const tell = (line: string) => void child?.stdin?.write(`${line}\n`);
  const server = await keepAlive(async () => {
    child = spawn(process.execPath, [PROGRAM, String(port), file], { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdin?.on('error', () => {}); // it has just been killed
    const started = await Promise.race([
      once(child.stdout ?? child, 'data').then(() => true),
      once(child, 'exit').then(() => false),
    ]);
    child.once('exit', () => {
      onDeath?.();
      onDeath = undefined;
    });
    for (const order of orders) tell(order);
    return started ? child : undefined;
  });
  const reader = createReader(file);
  return {
    url: `smtp://127.0.0.1:${port}`,
    server,
    kill() {
      onDeath = undefined;
      return server.kill();
    },
    dieAtNext(died) {
      if (server.pid === undefined) return;
      onDeath = died;
      tell('die');
    },
    spare() {
      onDeath = undefined;
      tell('live');
      return server.ready();
    },
    refuse(address) {
      orders.push(`refuse ${address}`);
      tell(`refuse ${address}`);
    },
    messages: reader,
  };
}

/** Reads on in the file where it has stopped. A line that a killed process has left unfinished was never acknowledged. */
function createReader(file: string): () => readonly TakenMail[] {
  const messages: TakenMail[] = [];
  let position = 0;
  return () => {
    if (!existsSync(file)) return messages;
    const bytes = Buffer.alloc(Math.max(0, statSync(file).size - position));
    const handle = openSync(file, 'r');
    const size = readSync(handle, bytes, 0, bytes.length, position);
    closeSync(handle);
    const end = bytes.subarray(0, size).lastIndexOf(10) + 1;
    position += end;
    for (const line of bytes.toString('utf8', 0, end).split('\n')) if (line) messages.push(readMail(line));
    return messages;
  };
}
