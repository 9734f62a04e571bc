const prefix = 'namesake.link.';

/** The secret that a link carries behind the `#`; undefined where the link came broken. */
export function secretIn(hash: string): string | undefined {
  const secret = hash.replace(/^#/, '');
  return /^[\w-]{20,100}$/.test(secret) ? secret : undefined;
}

/**
 * The secret of the link that is open: from the address, or from before a reload of this tab.
 *
 * It is kept for this tab alone, because it leaves the address at once and signing in or reloading must not lose it.
 */
export function takeSecret(linkId: string): string | undefined {
  const secret = secretIn(window.location.hash);
  if (secret) sessionStorage.setItem(prefix + linkId, secret);
  return secret ?? sessionStorage.getItem(prefix + linkId) ?? undefined;
}

/** Forgets a secret that has done its work. */
export function forgetSecret(linkId: string): void {
  sessionStorage.removeItem(prefix + linkId);
}
