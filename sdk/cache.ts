/**
 * Where the SDK keeps what must outlive the process: today the token, by its key.
 *
 * Whoever reads it can act as the person at this application, so keep it where only the person can read.
 */
export interface NamesakeCache {
  /** The value last written, or undefined. */
  read(key: string): Promise<string | undefined>;
  write(key: string, value: string): Promise<void>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
}

/** A cache that ends with the process. */
export function memoryCache(): NamesakeCache {
  const values = new Map<string, string>();
  return {
    read: async (key) => values.get(key),
    write: async (key, value) => {
      values.set(key, value);
    },
    remove: async (key) => {
      values.delete(key);
    },
  };
}
