import { setTimeout as delay } from 'node:timers/promises';
import type { SaleMessage } from '../../../contract/entitlement.ts';
import type { CustomerId } from '../../../domain/id.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Beat } from '../../platform/pulse.ts';
import { NOTICES } from '../notice/notice.service.ts';
import { findSight } from './change-stream.queries.ts';

/** Of more changed customers than these, one message says that any may have changed. */
const TOLD_ONE_BY_ONE = 100;
/** Of more than these nobody asks whose customers they are, so that a long import costs an open page next to nothing. */
const LOOKED_UP = 1000;
/** One look follows another no sooner than this. */
const PAUSE_MILLISECONDS = 250;

const ANY_CUSTOMER: SaleMessage = { customerId: null, revision: 0 };

export interface SaleTeller {
  readonly tell: (message: SaleMessage) => void;
  /** A mail was handed over, or was not: for the staff. */
  readonly tellNotices: () => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Tells one portal page whose sales changed: the staff of all customers, agents of their partner's, others of none.
 *
 * Each burst of changes is one query, which also finds out anew what the caller is. Whoever is neither staff nor agent
 * hears of no customer from then on.
 */
export class SaleWatch {
  readonly #ground: Pick<Ground, 'db' | 'pulse'>;
  readonly #caller: AccountCaller;
  readonly #teller: SaleTeller;
  /** Customers with their newest revisions; empty once there are too many. */
  #changed = new Map<CustomerId, number>();
  #tooMany = false;
  #noticed = false;
  #anew = false;
  #running = false;
  #stopped = false;
  #unsubscribe: (() => void) | undefined;

  constructor(ground: Pick<Ground, 'db' | 'pulse'>, caller: AccountCaller, teller: SaleTeller) {
    this.#ground = ground;
    this.#caller = caller;
    this.#teller = teller;
  }

  /** Finds out what the caller is now; staff and agents are told that any sale may have changed. */
  lookAnew(): void {
    this.#anew = true;
    this.#wake();
  }

  stop(): void {
    this.#stopped = true;
    this.#deafen();
  }

  readonly #hear = ({ topic, revision }: Beat): void => {
    if (topic === NOTICES) {
      this.#noticed = true;
      this.#wake();
    }
    if (this.#tooMany || !topic.startsWith('cus_')) return;
    this.#changed.set(topic as CustomerId, revision);
    this.#tooMany = this.#changed.size > LOOKED_UP;
    if (this.#tooMany) this.#changed.clear();
    this.#wake();
  };

  #wake(): void {
    if (!(this.#running || this.#stopped)) void this.#drain().catch(this.#teller.fail);
  }

  async #drain(): Promise<void> {
    this.#running = true;
    try {
      // What is heard in one go is looked at together.
      await Promise.resolve();
      while (!this.#stopped && (this.#anew || this.#noticed || this.#tooMany || this.#changed.size > 0)) {
        await this.#look();
        await delay(PAUSE_MILLISECONDS, undefined, { ref: false });
      }
    } finally {
      this.#running = false;
    }
  }

  async #look(): Promise<void> {
    const changed = this.#changed;
    const any = this.#anew || this.#tooMany;
    const noticed = this.#noticed;
    this.#forget();
    const { staff, agent, customerIds } = await findSight(this.#ground.db, this.#caller, [...changed.keys()]);
    if (this.#stopped || !(staff || agent)) return this.#deafen();
    this.#unsubscribe ??= this.#ground.pulse.subscribeAll(this.#hear);
    if (staff && noticed) this.#teller.tellNotices();
    const seen = staff ? [...changed.keys()] : customerIds;
    if (any || seen.length > TOLD_ONE_BY_ONE) return this.#teller.tell(ANY_CUSTOMER);
    for (const customerId of seen) this.#teller.tell({ customerId, revision: changed.get(customerId) ?? 0 });
  }

  #forget(): void {
    this.#changed = new Map();
    this.#tooMany = false;
    this.#noticed = false;
    this.#anew = false;
  }

  #deafen(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#changed.clear();
    this.#tooMany = false;
  }
}
