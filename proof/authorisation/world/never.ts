const ID = /^[a-z]{3,5}_[0-7][0-9a-hjkmnp-tv-z]{25}$/;
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

export const isIdText = (value: unknown): value is string => typeof value === 'string' && ID.test(value);

/** An id of the same kind that never was: the next one, so that it stands at the same place of every order. */
export function neverLike(id: string): string {
  const next = (DIGITS.indexOf(id.at(-1) ?? '') + 1) % DIGITS.length;
  return id.slice(0, -1) + DIGITS[next];
}
