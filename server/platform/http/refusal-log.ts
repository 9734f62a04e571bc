import type { ErrorCode } from '../../../contract/error-code.ts';
import type { Log } from '../log.ts';

/** A request that was refused, as far as a log may know it. */
export interface RefusedRequest {
  readonly method: string;
  readonly path: string;
  /** The account, application or device that asked, where it was known. */
  readonly caller?: string | undefined;
  /** Network address that it came from. */
  readonly address?: string | undefined;
}

/** What tells of somebody who tries what they may not: who they are, where they may go, or how often. */
const NOTED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'accountNotConfirmed',
  'wrongPassword',
  'forbidden',
  'roleNotGrantable',
  'crossSite',
  'tokenScope',
  'wrongHost',
  'linkUnknown',
  'linkOtherAccount',
  'deviceCodeUnknown',
  'applicationUnknown',
  'invalidDpopProof',
  'tooManyRequests',
]);
const LINES_A_SECOND = 20;

interface Second {
  endsAt: number;
  lines: number;
  untold: number;
}

const seconds = new WeakMap<Log, Second>();

/**
 * Notes a refusal that somebody who watches over the server wants to see; a stranger's "sign in first" is none.
 *
 * At most twenty lines a second: whoever is refused on purpose shall not fill the disk. The rest is counted.
 */
export function noteRefusal(log: Log, code: ErrorCode, request: RefusedRequest): void {
  const isForeign = code === 'notFound' && request.caller !== undefined;
  if (!isForeign && !NOTED.has(code)) return;
  const second = secondOf(log, performance.now());
  second.lines += 1;
  if (second.lines > LINES_A_SECOND) second.untold += 1;
  else log.info('request refused', { code, ...request, path: withoutWords(request.path) });
}

function secondOf(log: Log, now: number): Second {
  const current = seconds.get(log);
  if (current && now < current.endsAt) return current;
  if (current?.untold) log.warn('more requests were refused', { count: current.untold });
  const next = { endsAt: now + 1000, lines: 0, untold: 0 };
  seconds.set(log, next);
  return next;
}

const MOST_CHARACTERS = 200;

/** Anybody may type an address: what is neither a word of ours nor an id is left out of the log. */
const withoutWords = (path: string): string =>
  path
    .slice(0, MOST_CHARACTERS)
    .split('/')
    .map((part) => (/^[a-z0-9_.-]*$/.test(part) && !part.includes('..') ? part : '…'))
    .join('/');
