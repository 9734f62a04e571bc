import { backoffMs } from '../backoff.ts';
import type { Clock } from '../clock.ts';
import type { Entitlement } from '../entitlement.ts';
import { NamesakeError } from '../namesake-error.ts';
import type { ClockGuard } from './clock-guard.ts';
import type { Lease } from './lease.ts';
import type { LeaseIssuer } from './lease-issuer.ts';
import type { LeaseKeeper } from './lease-keeper.ts';
import { isRefusal } from './lease-refusal.ts';
import { renewalDelayMs } from './renewal-delay.ts';

/** What the renewal works with. */
export interface LeaseRenewalOptions {
  readonly issuer: LeaseIssuer;
  readonly keeper: LeaseKeeper;
  readonly guard: ClockGuard;
  readonly clock: Clock;
  /** Called when the server refused a lease for what it calls unlocked: only asking anew can tell why. */
  readonly onRefused: () => void;
}

interface Plan {
  entitlement: Entitlement;
  failures: number;
  callOff: () => void;
}

/** The first wait after a failure, at most; doubled by each further one. */
const firstPauseMs = 15_000;
/** A timer cannot wait for longer than 24 days, and a lease may last 30. */
const longestTimerMs = 86_400_000;

/** Has a lease at hand for everything that is in use, and renews each well before its end. */
export class LeaseRenewal {
  readonly #options: LeaseRenewalOptions;
  readonly #plans = new Map<string, Plan>();

  constructor(options: LeaseRenewalOptions) {
    this.#options = options;
  }

  /** Says what is in use: what the server unlocked, and nothing else. */
  want(entitlements: readonly Entitlement[]): void {
    const wanted = new Map(entitlements.map((one) => [`${one.teamId} ${one.productId}`, one]));
    for (const [name, plan] of this.#plans) {
      if (wanted.has(name)) continue;
      plan.callOff();
      this.#plans.delete(name);
    }
    for (const [name, entitlement] of wanted) this.#plan(name, entitlement);
  }

  #plan(name: string, entitlement: Entitlement): void {
    const known = this.#plans.get(name);
    if (known !== undefined && known.entitlement.until === entitlement.until) return;
    const plan = known ?? { entitlement, failures: 0, callOff: () => {} };
    plan.entitlement = entitlement;
    this.#plans.set(name, plan);
    this.#schedule(plan);
  }

  #schedule(plan: Plan): void {
    const { clock, guard } = this.#options;
    const lease = this.#leaseOf(plan);
    const now = guard.now();
    const pauseMs = plan.failures > 0 ? backoffMs(plan.failures, clock.random(), firstPauseMs, 1_800_000) : 0;
    this.#runAfter(plan, Math.max(pauseMs, renewalDelayMs(lease, { now, random: clock.random() })));
  }

  #runAfter(plan: Plan, ms: number): void {
    plan.callOff();
    plan.callOff = this.#options.clock.after(Math.min(ms, longestTimerMs), () => {
      if (ms > longestTimerMs) this.#runAfter(plan, ms - longestTimerMs);
      else void this.#renew(plan);
    });
  }

  async #renew(plan: Plan): Promise<void> {
    const { issuer, keeper, onRefused } = this.#options;
    const { teamId, productId } = plan.entitlement;
    let pauseMs = 0;
    try {
      const lease = await issuer.renew({ teamId, productId });
      plan.failures = lease === undefined || isRefusal(lease) ? plan.failures + 1 : 0;
    } catch (error) {
      // Whatever it is, a full disk or a server that knows no leases: the next try is planned, and the licence works online.
      plan.failures += 1;
      const { retryAfterSeconds = 0, problemCode, code } = error instanceof NamesakeError ? error : {};
      pauseMs = retryAfterSeconds * 1000;
      const isOver = problemCode === 'leaseRefused';
      if (isOver) await keeper.drop((it) => it.teamId === teamId && it.productId === productId).catch(() => {});
      if (isOver || code === 'notSignedIn') onRefused();
    }
    if ([...this.#plans.values()].includes(plan)) this.#after(plan, pauseMs);
  }

  #after(plan: Plan, pauseMs: number): void {
    if (pauseMs > 0) this.#runAfter(plan, pauseMs * (1 + this.#options.clock.random()));
    else this.#schedule(plan);
  }

  /** The lease for it, unless the term was renewed since: then a new one lasts longer. */
  #leaseOf({ entitlement: { teamId, productId, until, revision } }: Plan): Lease | undefined {
    const kept = this.#options.keeper.kept.find(
      ({ lease, refusal }) => refusal === undefined && lease?.teamId === teamId && lease.productId === productId,
    );
    const lease = kept?.lease;
    const isRenewed = lease !== undefined && revision > lease.revision && until !== null && until > lease.until;
    return lease && (isRenewed ? { ...lease, renewAfter: lease.issuedAt } : lease);
  }
}
