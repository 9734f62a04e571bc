import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Where an operating system tells which machine this is: a file, or a program's output and what to look for in it. */
const sources: Readonly<Record<string, { files?: string[]; command?: [string, string[]]; pattern: RegExp }>> = {
  linux: { files: ['/etc/machine-id', '/var/lib/dbus/machine-id'], pattern: /^([0-9a-f]{32})\s*$/ },
  darwin: {
    command: ['/usr/sbin/ioreg', ['-rd1', '-c', 'IOPlatformExpertDevice']],
    pattern: /"IOPlatformUUID" = "([^"]+)"/,
  },
  win32: {
    command: ['reg.exe', ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid']],
    pattern: /MachineGuid\s+REG_SZ\s+(\S+)/,
  },
};

/** What the operating system calls this machine; undefined where it does not say, as in many containers. Stays on the machine. */
export async function findMachineId(platform: string): Promise<string | undefined> {
  const { files = [], command } = sources[platform] ?? {};
  const texts = [...files.map((file) => readFile(file, 'utf8')), ...(command ? [outputOf(...command)] : [])];
  for (const text of await Promise.allSettled(texts)) {
    const found = text.status === 'fulfilled' ? readMachineId(platform, text.value) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Finds the machine's name in what the operating system tells. */
export function readMachineId(platform: string, text: string): string | undefined {
  return sources[platform]?.pattern.exec(text)?.[1];
}

async function outputOf(program: string, args: string[]): Promise<string> {
  return (await promisify(execFile)(program, args, { timeout: 2_000, windowsHide: true })).stdout;
}
