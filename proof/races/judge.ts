import { findOrder } from '../linear/find-order.ts';
import { TeamModel } from '../linear/team-model.ts';
import type { TeamOperation } from '../linear/team-operation.ts';
import type { TeamStart } from '../linear/team-start.ts';
import type { Check, Logged } from './history.ts';

/** Answers are never older than this while the database is there: what was acknowledged before is in them. */
const BOUND_MICROSECONDS = 1_000_000;
const TOLD_OF_A_TEAM = 5;

interface Acknowledged {
  readonly done: number;
  readonly revision: number;
}

/**
 * Judges what one team's operations and checks have answered, a window after the other.
 *
 * Each window begins and ends while nobody is at work, so that the state in which one ends is the one in which the next begins.
 */
export class TeamJudge {
  readonly #teamId: string;
  #model: TeamModel;
  #acknowledged: Acknowledged[] = [];

  constructor(teamId: string, start: TeamStart) {
    this.#teamId = teamId;
    this.#model = new TeamModel(start);
  }

  get revision(): number {
    return this.#model.store.revision;
  }

  /** How many licences the team can use. */
  get workingLicences(): number {
    return this.#model.store.workingCount;
  }

  /** Goes on from what was read, after a window that it has not followed. */
  restart(start: TeamStart): void {
    this.#model = new TeamModel(start);
  }

  /** What cannot be: an order of operations that nobody can find, an answer to a check that no state gives. */
  judge(logged: readonly Logged[]): string[] {
    const ops = logged.flatMap(({ op }) => (op.kind === 'check' ? [] : [op]));
    const checks = logged.flatMap(({ op }) => (op.kind === 'check' ? [op] : []));
    this.#acknowledged.push(...acknowledgedBy(ops));
    const finding = findOrder(this.#model, ops);
    if (!finding.found) {
      const { placed, stuckBefore } = finding;
      const at = `after ${placed} of ${ops.length} operations, at revision ${this.revision} before them`;
      return [`${this.#teamId}: no order explains ${JSON.stringify(stuckBefore)} ${at}`];
    }
    const faults = checks.flatMap((check) => this.#judgeCheck(check));
    this.#model.store.forget();
    this.#acknowledged = [this.#newest()];
    return faults.slice(0, TOLD_OF_A_TEAM);
  }

  #newest(): Acknowledged {
    // Since nobody is at work, everything so far is older than whatever comes.
    return { done: Math.max(0, ...this.#acknowledged.map(({ done }) => done)), revision: this.revision };
  }

  #judgeCheck(check: Check): string[] {
    const { member, atLeast, own, outcome, decision, revision = 0 } = check;
    const where = `rule 8: ${this.#teamId}: ${JSON.stringify(check)}`;
    if (outcome === 'revisionNotReached') return [];
    if (outcome !== 'ok' || revision === null) return [`${where} was not answered`];
    // What is marked as old may be old, but not older than what the caller or this process knows of.
    const promised = Math.max(atLeast, own, check.stale ? 0 : this.#promisedAt(check.call));
    if (revision < promised) return [`${where} stands at a revision before ${promised}`];
    if (revision > this.revision) return [`${where} stands at a revision that is not there`];
    const entitled = this.#model.store.entitledAt(member, revision);
    if (entitled === undefined) return [`${where} stands in the middle of a change`];
    return entitled === decision ? [] : [`${where} says ${decision}, and at that revision it was ${entitled}`];
  }

  /** The newest revision that somebody had acknowledged longer ago than answers may be old. */
  #promisedAt(call: number): number {
    let promised = 0;
    for (const { done, revision } of this.#acknowledged) {
      if (done < call - BOUND_MICROSECONDS && revision > promised) promised = revision;
    }
    return promised;
  }
}

function acknowledgedBy(ops: readonly TeamOperation[]): Acknowledged[] {
  return ops.flatMap((op) =>
    'revision' in op && op.revision !== undefined && (op.kind === 'renewUp' || op.outcome === 'ok')
      ? [{ done: op.done, revision: op.revision }]
      : [],
  );
}
