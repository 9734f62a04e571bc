import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The words that a file of `deploy/` is filled in with. */
export type Settings = Readonly<Record<string, string>>;

export const DEPLOY = path.join(import.meta.dirname, '../../deploy');

/**
 * Fills in the words in `${…}`, as `envsubst` does, but for a word that nobody has set.
 *
 * @throws Error with the word that is missing.
 */
export function fill(text: string, settings: Settings): string {
  return text.replace(/\$\{(\w+)\}/g, (_, word: string) => {
    const value = settings[word];
    if (value === undefined) throw new Error(`nothing is set for ${word}`);
    return value;
  });
}

/** Fills a file of `deploy/` in, and answers where it was written. */
export async function fillFile(name: string, settings: Settings, target: string): Promise<string> {
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, fill(await readFile(path.join(DEPLOY, name), 'utf8'), settings));
  return target;
}

/** What a file of settings sets: lines of `NAME=value`, as a shell and systemd read them. */
export function readSettings(text: string): Record<string, string> {
  const lines = text.matchAll(/^(\w+)=("?)(.*)\2$/gm);
  return Object.fromEntries([...lines].map(([, name = '', , value = '']) => [name, value]));
}
