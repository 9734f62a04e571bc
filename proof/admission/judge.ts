/** Within so much time after a take was acknowledged every process knows of it (docs/access.md). */
export const BOUND_MILLISECONDS = 1000;
/** So old an answer may be that is marked, with the database away. */
export const STALE_SECONDS = 60;

/** What a check said, with the moment of its question by the checking process's own monotonic clock. */
export interface Answer {
  readonly askedAt: number;
  readonly decision: boolean;
  /** The age that the answer states; undefined for one that is not marked `stale`. */
  readonly staleSeconds: number | undefined;
  /** Whether it was asked to know of the take's or gift's own revision. */
  readonly demandsRevision: boolean;
  /** Whether it is a no because nobody can tell: the database has been away for too long. */
  readonly unavailable: boolean;
}

/**
 * - `fine`: an answer that may be right
 * - `markedLate`: a yes after the bound that says that it is stale, and how old: allowed without the database
 * - `shutOut`: a no for somebody who has a licence, unmarked and after the bound
 * - the others are what must never be, too
 */
export type Verdict =
  | 'fine'
  | 'markedLate'
  | 'unmarkedLate'
  | 'tooOld'
  | 'ageUnderstated'
  | 'revisionIgnored'
  | 'shutOut';

/**
 * Judges the answer to a check of somebody whose licence was taken.
 *
 * A process decides after it was asked, so an answer counts as late only when the check was asked after the bound.
 *
 * @param takenAt When the take was acknowledged; nobody has begun to give one again before the answer came.
 */
export function judge(answer: Answer, takenAt: number): Verdict {
  if (!answer.decision) return 'fine';
  if (answer.staleSeconds !== undefined && answer.staleSeconds > STALE_SECONDS) return 'tooOld';
  if (answer.askedAt < takenAt) return 'fine';
  if (answer.demandsRevision) return 'revisionIgnored';
  const since = answer.askedAt - takenAt;
  if (answer.staleSeconds === undefined) return since > BOUND_MILLISECONDS ? 'unmarkedLate' : 'fine';
  // What it was answered from is from before the take, so it is older than that.
  if (answer.staleSeconds * 1000 < since) return 'ageUnderstated';
  return since > BOUND_MILLISECONDS ? 'markedLate' : 'fine';
}

/**
 * Judges the answer to a check of somebody who was given a licence.
 *
 * @param givenAt When that was acknowledged; nobody has begun to take it before the answer came.
 */
export function judgeHolder(answer: Answer, givenAt: number): Verdict {
  const { decision, unavailable, staleSeconds, demandsRevision, askedAt } = answer;
  if (decision) return staleSeconds !== undefined && staleSeconds > STALE_SECONDS ? 'tooOld' : 'fine';
  if (unavailable) return 'fine';
  if (demandsRevision) return 'revisionIgnored';
  return staleSeconds === undefined && askedAt - givenAt > BOUND_MILLISECONDS ? 'shutOut' : 'fine';
}
