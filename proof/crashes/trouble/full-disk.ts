import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A small disk of its own; undefined where this machine lets nobody make one. */
export interface SmallDisk {
  readonly folder: string;
  /** Writes a file that takes all the room that is left. */
  fill(): void;
  /** Removes it. */
  clear(): void;
  remove(): void;
}

const SIZE = '160m';

export function makeSmallDisk(): SmallDisk | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'namesake-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'namesake-proof', folder]);
  if (mounted.status !== 0) {
    rmdirSync(folder);
    return undefined;
  }
  const filler = path.join(folder, 'filler');
  return {
    folder,
    fill: () => fill(folder, filler),
    clear: () => rmSync(filler, { force: true }),
    remove() {
      spawnSync('umount', ['-l', folder]);
      rmdirSync(folder);
    },
  };
}

function fill(folder: string, filler: string): void {
  for (let tries = 0; tries < 50; tries += 1) {
    const { bavail, bsize } = statfsSync(folder);
    if (bavail === 0) return;
    try {
      writeFileSync(filler, Buffer.alloc(Math.min(bavail * bsize, 8 * 1024 * 1024)), { flag: 'a' });
    } catch {
      return; // now it is full
    }
  }
}
