import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A fault put into a source file as it is read, so that the real application runs with it. */
export interface Plant {
  /** From the project's folder. */
  readonly file: string;
  readonly find: string;
  readonly instead: string;
}

const ROOT = path.resolve(import.meta.dirname, '../../..');

/**
 * Plants faults into whatever this process imports from now on.
 *
 * @throws Error, as soon as its file is read, for a fault whose place is not there any more: it would prove nothing.
 */
export function plant(faults: readonly Plant[]): void {
  const urls = new Map(faults.map(({ file }) => [pathToFileURL(path.join(ROOT, file)).href, file]));
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      const file = urls.get(url);
      if (file === undefined || loaded.source == null) return loaded;
      return {
        ...loaded,
        source: planted(
          String(loaded.source),
          faults.filter((fault) => fault.file === file),
        ),
      };
    },
  });
}

function planted(source: string, faults: readonly Plant[]): string {
  return faults.reduce((text, { file, find, instead }) => {
    if (!text.includes(find)) throw new Error(`${file} has no place for the fault: ${find}`);
    return text.replaceAll(find, instead);
  }, source);
}
