import { setTimeout as delay } from 'node:timers/promises';
import type { LicenceChange } from '../../contract/licence.ts';
import type { LicenceId, MemberId } from '../../domain/id.ts';
import type { Chance } from '../chance.ts';
import type { Acknowledged } from './ledger.ts';
import type { Office } from './office.ts';
import type { Repeats } from './persist.ts';
import { persist } from './persist.ts';

const MOST_PAUSE_MILLISECONDS = 60;

export interface WriterOptions {
  readonly office: Office;
  readonly chance: Chance;
  readonly repeats: Repeats;
}

/** Gives one member a licence and takes it back, over and over, and keeps what was acknowledged. */
export class Writer {
  readonly memberId: MemberId;
  readonly acknowledged: Acknowledged[] = [];
  readonly #options: WriterOptions;
  #held: LicenceId | undefined;
  #keys = 0;

  constructor(memberId: MemberId, options: WriterOptions) {
    this.memberId = memberId;
    this.#options = options;
  }

  /** Goes on until it is told to stop; what was begun is ended. */
  async writeUntil(signal: AbortSignal, onWritten: (entry: Acknowledged) => void): Promise<void> {
    while (!signal.aborted) {
      onWritten(await this.write());
      await delay(this.#options.chance.unit() * MOST_PAUSE_MILLISECONDS);
    }
  }

  /** Makes one change, repeated with its key until it is acknowledged. */
  async write(): Promise<Acknowledged> {
    this.#keys += 1;
    const kind = this.#held === undefined ? 'give' : 'take';
    const idempotencyKey = `${this.memberId}-${this.#keys}`;
    const { licence, revision } = await persist(this.#options, (signal) => this.#send({ idempotencyKey, signal }));
    this.#held = kind === 'give' ? licence.id : undefined;
    const entry = { kind, memberId: this.memberId, licenceId: licence.id, revision, at: performance.now() } as const;
    this.acknowledged.push(entry);
    return entry;
  }

  #send(options: { idempotencyKey: string; signal: AbortSignal }): Promise<LicenceChange> {
    const { owner, teamId, productId } = this.#options.office;
    const { memberId } = this;
    if (this.#held === undefined) return owner.giveLicence({ ...options, teamId, body: { productId, memberId } });
    return owner.takeLicence({ ...options, teamId, licenceId: this.#held, body: { memberId } });
  }
}
