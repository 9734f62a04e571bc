import type { Question } from './evaluation-reader.ts';
import { NO_PARTS, readingOf, readParts } from './evaluation-reader.ts';
import type { Outcome } from './outcome.ts';
import { deniedUnasked } from './outcome.ts';
import { Fault, isCount, isObject } from './request-parts.ts';

/** Which part of what is found is wanted (AuthZEN 1.0 section 8.2.1). */
export interface WantedPage {
  /** The `next_token` of the page before; undefined for the first. */
  readonly token: string | undefined;
  readonly limit: number | undefined;
}

/** A search: an evaluation that leaves open what is looked for. */
export interface Search<Wanted> {
  readonly kind: 'search';
  readonly wanted: Wanted;
  readonly page: WantedPage;
}

export type SubjectSearch = Omit<Question, 'subject'>;
export interface ResourceSearch {
  readonly subject: string;
  /** Every team of the account where it is left out. */
  readonly teamId: string | undefined;
  readonly atLeastRevision: number | undefined;
}

/** What was read of a search; a denial finds nothing. */
export type SearchReading<Wanted> = Search<Wanted> | Outcome | Fault;

/** Stands where a search leaves the id open; nobody sees it. */
const OPEN = '*';

/** Reads a subject search (AuthZEN 1.0 section 8.4.1); a subject's id is passed over. */
export function readSubjectSearch(value: unknown): SearchReading<SubjectSearch> {
  const reading = isObject(value) ? read({ ...value, subject: opened(value.subject) }) : read(value);
  return 'kind' in reading ? searchOf(reading, value) : reading;
}

/** Reads a resource search (AuthZEN 1.0 section 8.5.1); a resource's id is passed over, its team may be left out. */
export function readResourceSearch(value: unknown): SearchReading<ResourceSearch> {
  const parts = readParts(isObject(value) ? { ...value, resource: opened(value.resource) } : value, NO_PARTS);
  if (parts instanceof Fault) return parts;
  const reading = readingOf(parts);
  if ('kind' in reading) return searchOf<ResourceSearch>(reading, value);
  const { subject, context } = parts;
  if (reading !== deniedUnasked.teamMissing || subject?.id === undefined) return reading;
  if (context.atLeastRevision !== undefined) return new Fault('context.atLeastRevision', 'belongs to a team; name it');
  return searchOf<ResourceSearch>({ subject: subject.id, teamId: undefined, atLeastRevision: undefined }, value);
}

/** Reads an action search (AuthZEN 1.0 section 8.6.1); an action is passed over. */
export function readActionSearch(value: unknown): SearchReading<Question> {
  const reading = isObject(value) ? read({ ...value, action: { name: 'use' } }) : read(value);
  return 'kind' in reading ? searchOf(reading, value) : reading;
}

function read(value: unknown) {
  const parts = readParts(value, NO_PARTS);
  return parts instanceof Fault ? parts : readingOf(parts);
}

const opened = (entity: unknown): unknown => (isObject(entity) ? { ...entity, id: OPEN } : entity);

function searchOf<Wanted>(wanted: Wanted, value: unknown): Search<Wanted> | Fault {
  const page = readPage(isObject(value) ? value.page : undefined);
  return page instanceof Fault ? page : { kind: 'search', wanted, page };
}

function readPage(page: unknown): WantedPage | Fault {
  if (page === undefined) return { token: undefined, limit: undefined };
  if (!isObject(page)) return new Fault('page', 'expected an object');
  const { token, limit } = page;
  if (token !== undefined && (typeof token !== 'string' || token === ''))
    return new Fault('page.token', 'expected a token');
  if (limit !== undefined && !isCount(limit)) return new Fault('page.limit', 'expected a whole number');
  return { token, limit };
}
