/** Characters that a password needs; the server knows more rules and has the last word. */
export const shortestPassword = 10;

/** Catches slips of typing only: the server judges and the mail proves. */
export function isEmailAddress(text: string): boolean {
  return /^\s*[^\s@]+@[^\s@]+\.[^\s@.]{2,}\s*$/.test(text);
}
