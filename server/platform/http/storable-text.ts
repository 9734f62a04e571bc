/**
 * Finds text that the database cannot keep as it was sent: a zero byte, which no column takes, or half a surrogate pair, which
 * is no character and which JSON columns refuse.
 *
 * @returns The path of the first such text; undefined where everything can be kept.
 */
export function pathOfUnstorable(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? [] : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const path = pathOfUnstorable(inner);
    if (path) return [key, ...path];
  }
  return undefined;
}
