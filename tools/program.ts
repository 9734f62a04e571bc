import { spawn } from 'node:child_process';

export type ProgramResult = { passed: boolean; output: string };

/**
 * Runs a program of ours or of node_modules/.bin; its output goes to the terminal, or is kept when `quiet`.
 *
 * One that goes on after `limitMinutes` is told to end, and has failed.
 */
export function run(
  [command = '', ...args]: string[],
  options: { env?: Record<string, string>; quiet?: boolean; limitMinutes?: number } = {},
): Promise<ProgramResult> {
  const output = options.quiet ? 'pipe' : 'inherit';
  const child = spawn(command, args, {
    stdio: ['ignore', output, output],
    env: { ...process.env, ...options.env },
    shell: process.platform === 'win32' && command !== process.execPath,
    ...(options.limitMinutes && { timeout: options.limitMinutes * 60_000, killSignal: 'SIGTERM' }),
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (part) => (text += part));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ passed: code === 0, output: text }));
  });
}
