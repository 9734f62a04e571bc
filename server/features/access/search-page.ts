import { createHmac, timingSafeEqual } from 'node:crypto';
import { Fault } from './request-parts.ts';
import type { WantedPage } from './search-reader.ts';

/** A page of a search: what comes after `after`, at most `limit` of it. */
export interface SearchPage {
  readonly after: string;
  readonly limit: number;
}

/** What may be asked for in one page; whoever asks for more gets this many and a token. */
const MOST_RESULTS = 1000;
const SEAL_BYTES = 16;

/**
 * The page that a request asks for.
 *
 * A token carries the limit of the first page, which later ones need not repeat, and is valid for that very search alone.
 *
 * @param search Everything that the search depends on, as text.
 */
export function pageOf({ token, limit }: WantedPage, search: string, serverKey: Buffer): SearchPage | Fault {
  if (token === undefined) return { after: '', limit: Math.min(limit ?? MOST_RESULTS, MOST_RESULTS) };
  const page = readToken(token, search, serverKey);
  if (!page) return new Fault('page.token', 'belongs to another search');
  const unchanged = limit === undefined || Math.min(limit, MOST_RESULTS) === page.limit;
  return unchanged ? page : new Fault('page.limit', 'must stay the same from page to page');
}

/** The token of the page that comes next; nobody else can make or change one. */
export function nextToken({ after, limit }: SearchPage, search: string, serverKey: Buffer): string {
  const position = `${limit}:${after}`;
  return Buffer.concat([seal(position, search, serverKey), Buffer.from(position)]).toString('base64url');
}

function readToken(token: string, search: string, serverKey: Buffer): SearchPage | undefined {
  const bytes = Buffer.from(token, 'base64url');
  const position = bytes.subarray(SEAL_BYTES).toString();
  const expected = seal(position, search, serverKey);
  if (bytes.length < SEAL_BYTES || !timingSafeEqual(bytes.subarray(0, SEAL_BYTES), expected)) return undefined;
  const colon = position.indexOf(':');
  return { limit: Number(position.slice(0, colon)), after: position.slice(colon + 1) };
}

function seal(position: string, search: string, serverKey: Buffer): Buffer {
  const text = `search page ${JSON.stringify([search, position])}`;
  return createHmac('sha256', serverKey).update(text).digest().subarray(0, SEAL_BYTES);
}
