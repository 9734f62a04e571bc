import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/**
 * The next message of a child; what it holds is for the caller to know.
 *
 * @throws Error where the child ends without one, which nobody would hear of otherwise.
 */
export async function told<Message>(child: ChildProcess): Promise<Message> {
  if (child.exitCode !== null || child.signalCode !== null) throw silent(child, child.exitCode ?? child.signalCode);
  const over = new AbortController();
  const { signal } = over;
  const ended = once(child, 'exit', { signal }).then(([code, name]) => {
    throw silent(child, code ?? name);
  });
  try {
    const [message] = await Promise.race([once(child, 'message', { signal }), ended]);
    return message;
  } finally {
    over.abort();
    ended.catch(() => {}); // it was told by now, or does not matter any more
  }
}

const silent = ({ spawnargs }: ChildProcess, end: number | string | null): Error =>
  new Error(`${spawnargs.join(' ')} ended with ${end} and said nothing`);
