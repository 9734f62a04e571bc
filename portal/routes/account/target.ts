/** Where to go after signing in: a path of this portal. */
export interface Target {
  to?: string;
}

/** Takes nothing for a target that could lead to another site. */
export function targetOf(search: Record<string, unknown>): Target {
  const { to } = search;
  const isOwnPath = typeof to === 'string' && /^\/(?![/\\])/.test(to) && !/[\p{Cc}\\]/u.test(to);
  return isOwnPath ? { to } : {};
}
