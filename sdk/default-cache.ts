import type { NamesakeCache } from './cache.ts';
import { memoryCache } from './cache.ts';

/** The platform's own place where there is a file system, memory in a browser. */
export async function defaultCache(): Promise<NamesakeCache> {
  const runtime: { process?: { versions?: { node?: string } } } = globalThis;
  if (runtime.process?.versions?.node === undefined) return memoryCache();
  const { fileCache, platformFolder } = await import('./file-cache.ts');
  return fileCache(platformFolder());
}
