import { AppError } from '../../platform/app-error.ts';
import type { ServiceCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import { checkEntitlement } from '../entitlement/entitlement.service.ts';
import { refusalOf } from './answer.ts';
import type { Outcome } from './outcome.ts';
import { Fault } from './request-parts.ts';
import { findRevision, findUsers, listUsableProducts } from './search.queries.ts';
import type { SearchPage } from './search-page.ts';
import { nextToken, pageOf } from './search-page.ts';
import type { Search, SearchReading } from './search-reader.ts';
import { readActionSearch, readResourceSearch, readSubjectSearch } from './search-reader.ts';
import { reasonTexts } from './text/reason-text.ts';

interface Found {
  readonly results: readonly object[];
  /** The position after the last result; undefined where nothing follows. */
  readonly next?: string | undefined;
  readonly context?: object;
}

/**
 * Answers which accounts may use a product in a team (AuthZEN 1.0 section 8.4) as JSON text.
 *
 * @throws AppError `accessRequestInvalid`, `revisionNotReached`.
 */
export function searchSubjects(ground: Ground, { applicationId }: ServiceCaller, body: unknown): Promise<string> {
  return answerSearch(
    ground,
    applicationId,
    readSubjectSearch(body),
    async ({ product, teamId, atLeastRevision }, page) => {
      const searched = { applicationId, today: todayOf(ground), product, teamId, after: page.after };
      const found = await findUsers(ground.db, { ...searched, limit: page.limit + 1 });
      if (!found) return { results: [] };
      requireRevision(found.revision, atLeastRevision);
      const results = found.accountIds.slice(0, page.limit).map((id) => ({ type: 'account', id }));
      const more = found.accountIds.length > page.limit;
      return {
        results,
        next: more ? (results.at(-1)?.id ?? page.after) : undefined,
        context: { revision: found.revision },
      };
    },
  );
}

/**
 * Answers which products an account may use, and in which teams (AuthZEN 1.0 section 8.5), as JSON text.
 *
 * @throws AppError `accessRequestInvalid`, `revisionNotReached`.
 */
export function searchResources(ground: Ground, { applicationId }: ServiceCaller, body: unknown): Promise<string> {
  return answerSearch(
    ground,
    applicationId,
    readResourceSearch(body),
    async ({ subject, teamId, atLeastRevision }, page) => {
      if (teamId !== undefined && atLeastRevision !== undefined) {
        requireRevision(await findRevision(ground.db, teamId), atLeastRevision);
      }
      const [afterTeam = '', afterProduct = ''] = page.after.split(' ');
      const searched = { applicationId, today: todayOf(ground), account: subject, teamId, afterTeam, afterProduct };
      const rows = await listUsableProducts(ground.db, { ...searched, limit: page.limit + 1 });
      const shown = rows.slice(0, page.limit);
      const last = shown.at(-1);
      const next = last ? `${last.teamId} ${last.productId}` : page.after;
      return {
        results: shown.map((row) => ({
          type: 'product',
          id: row.productId,
          properties: { team: row.teamId, key: row.productKey, until: row.until },
        })),
        next: rows.length > page.limit ? next : undefined,
      };
    },
  );
}

/**
 * Answers what an account may do with a product in a team (AuthZEN 1.0 section 8.6) as JSON text: use it, or nothing.
 *
 * @throws AppError `accessRequestInvalid`, `revisionNotReached`.
 */
export function searchActions(ground: Ground, { applicationId }: ServiceCaller, body: unknown): Promise<string> {
  return answerSearch(ground, applicationId, readActionSearch(body), async ({ kind: _, ...question }) => {
    const outcome = await checkEntitlement(ground, { applicationId, ...question });
    return { results: outcome.decision ? [{ name: 'use' }] : [], context: contextOf(outcome) };
  });
}

async function answerSearch<Wanted>(
  { serverKey }: Ground,
  applicationId: string,
  reading: SearchReading<Wanted>,
  find: (wanted: Wanted, page: SearchPage) => Promise<Found>,
): Promise<string> {
  if (reading instanceof Fault) throw refusalOf(reading);
  if (!isSearch(reading)) return textOf({ results: [], context: contextOf(reading) }, '');
  const search = JSON.stringify([applicationId, reading.wanted]);
  const page = pageOf(reading.page, search, serverKey);
  if (page instanceof Fault) throw refusalOf(page);
  const found = await find(reading.wanted, page);
  return textOf(found, found.next === undefined ? '' : nextToken({ ...page, after: found.next }, search, serverKey));
}

function isSearch<Wanted>(reading: Search<Wanted> | Outcome): reading is Search<Wanted> {
  return 'kind' in reading;
}

/** The answer of AuthZEN 1.0 section 8.3, the page first, so that a reader knows early how much comes. */
function textOf({ results, context }: Found, next_token: string): string {
  return JSON.stringify({ page: { next_token, count: results.length }, context, results });
}

function contextOf({ reason, until, revision, stale }: Outcome): object {
  return {
    reason,
    ...reasonTexts(reason),
    ...(until !== null && { until }),
    ...(revision !== null && { revision }),
    ...(stale && { stale: true, ageSeconds: stale.ageSeconds }),
  };
}

/** The database is never behind: what it does not have is not written. */
function requireRevision(revision: number | undefined, atLeast: number | undefined): void {
  if (revision !== undefined && revision < (atLeast ?? 0)) throw new AppError('revisionNotReached');
}
