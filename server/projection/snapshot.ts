/**
 * What a snapshot still tells after the connection was lost.
 *
 * When one process of the database dies, all of them are started anew, and numbers of transactions that had not been
 * written to disk are given again. What committed was written, so numbers up to the highest one of which a row was seen are
 * never given again; all above it count as not seen. What is read twice does no harm.
 *
 * @param snapshot As PostgreSQL writes it: `xmin:xmax:xip,…`.
 * @param highest The highest transaction of which a row was seen; null where none was.
 */
export function trustedPart(snapshot: string, highest: string | null): string {
  const [xmin = '0', xmax = '0', running = ''] = snapshot.split(':');
  const known = BigInt(highest ?? 0) + 1n;
  if (known >= BigInt(xmax)) return snapshot;
  const kept = running.split(',').filter((xid) => xid !== '' && BigInt(xid) < known);
  const low = BigInt(xmin) < known ? xmin : String(known);
  return `${low}:${known}:${kept.join(',')}`;
}
