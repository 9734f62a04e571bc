import type { Undo } from './find-order.ts';
import { unchanged } from './find-order.ts';
import type { ModelMember, ModelSubscription, TeamStart } from './team-start.ts';

/** From which revision on a member may use the product, or may not. */
export interface Turn {
  readonly revision: number;
  readonly entitled: boolean;
}

interface Answer {
  readonly licence: string;
  readonly revision: number | undefined;
}

/** A team's state in the model: every change of it can be taken back. */
export class TeamStore {
  #revision: number;
  #nextOwner: string | null;
  #hash = 0;
  readonly #members: Map<string, ModelMember>;
  readonly #taken: Map<string, string>;
  readonly #byMember = new Map<string, Set<string>>();
  readonly #subscriptionOf = new Map<string, string>();
  readonly #working: Map<string, boolean>;
  /** The one that gives first comes first. */
  #subscriptions: readonly ModelSubscription[];
  readonly #answers = new Map<string, Answer>();
  readonly #turns = new Map<string, Turn[]>();
  #revisions: number[];
  #touched = new Set<string>();
  #log: Undo[] = [];

  constructor({ revision, members, nextOwner, subscriptions, taken }: TeamStart) {
    this.#revision = revision;
    this.#nextOwner = nextOwner;
    this.#members = new Map(members);
    this.#taken = new Map(taken);
    this.#subscriptions = subscriptions.toSorted(givesFirst);
    this.#working = new Map(subscriptions.map(({ id, works = true }) => [id, works]));
    this.#revisions = [revision];
    for (const { id, licences } of subscriptions) for (const licence of licences) this.#subscriptionOf.set(licence, id);
    for (const [licence, member] of taken) this.#licenceSet(member).add(licence);
    for (const member of members.keys()) this.#turns.set(member, [{ revision, entitled: this.#isEntitled(member) }]);
  }

  /** Begins an operation. */
  begin(): void {
    this.#log = [];
    this.#touched = new Set();
  }

  /** Ends the operation; what it did is taken back by what is answered. */
  finish(): Undo {
    if (this.#log.length === 0) return unchanged;
    for (const member of this.#touched) this.#noteTurn(member);
    const log = this.#log;
    this.#revisions.push(this.#revision);
    log.push(() => this.#revisions.pop());
    return () => {
      for (const undo of log.toReversed()) undo();
    };
  }

  key(): string {
    return `${this.#revision} ${this.#hash} ${this.#nextOwner} ${this.#answers.size}`;
  }

  get revision(): number {
    return this.#revision;
  }

  get nextOwner(): string | null {
    return this.#nextOwner;
  }

  get licenceCount(): number {
    return this.#subscriptionOf.size;
  }

  /** How many licences can be given or are in use. */
  get workingCount(): number {
    return this.#subscriptions.reduce((sum, { id, licences }) => sum + (this.isWorking(id) ? licences.length : 0), 0);
  }

  get takenCount(): number {
    return this.#taken.size;
  }

  member(id: string): ModelMember | undefined {
    return this.#members.get(id);
  }

  answer(key: string): Answer | undefined {
    return this.#answers.get(key);
  }

  isLicence(id: string): boolean {
    return this.#subscriptionOf.has(id);
  }

  taker(licence: string): string | null {
    return this.#taken.get(licence) ?? null;
  }

  licencesOf(member: string): string[] {
    return [...(this.#byMember.get(member) ?? [])];
  }

  works(licence: string): boolean {
    return this.isWorking(this.#subscriptionOf.get(licence) ?? '');
  }

  isWorking(subscription: string): boolean {
    return this.#working.get(subscription) ?? false;
  }

  isAnyWorking(): boolean {
    return [...this.#working.values()].includes(true);
  }

  hasUsable(member: string): boolean {
    return this.licencesOf(member).some((licence) => this.works(licence));
  }

  /** The lowest free number of the subscription that ends last. */
  choose(): string | undefined {
    for (const { id, licences } of this.#subscriptions) {
      const free = this.isWorking(id) ? licences.find((licence) => !this.#taken.has(licence)) : undefined;
      if (free !== undefined) return free;
    }
    return undefined;
  }

  /** What a member could do at a revision: undefined where no change has led to that one. */
  entitledAt(member: string, revision: number): boolean | undefined {
    if (!isAmong(this.#revisions, revision)) return undefined;
    return this.#turns.get(member)?.findLast((turn) => turn.revision <= revision)?.entitled ?? false;
  }

  /** Forgets what was possible long ago; what was done before cannot be taken back then. */
  forget(): void {
    this.#revisions = this.#revisions.slice(-KEPT_REVISIONS);
    const oldest = this.#revisions[0] ?? 0;
    for (const [member, turns] of this.#turns) {
      const first = turns.findLastIndex(({ revision }) => revision <= oldest);
      if (first > 0) this.#turns.set(member, turns.slice(first));
    }
  }

  advance(events: number): void {
    this.#revision += events;
    this.#log.push(() => {
      this.#revision -= events;
    });
  }

  setMember(id: string, member: ModelMember): void {
    const before = this.#members.get(id);
    this.#members.set(id, member);
    this.#touched.add(id);
    this.#stir(`${id} ${before?.state} ${before?.role}`, `${id} ${member.state} ${member.role}`);
    this.#log.push(() => (before ? this.#members.set(id, before) : this.#members.delete(id)));
  }

  setTaker(licence: string, member: string | null): void {
    const before = this.taker(licence);
    this.#move(licence, before, member);
    for (const one of [before, member]) if (one !== null) this.#touched.add(one);
    this.#stir(`${licence} ${before}`, `${licence} ${member}`);
    this.#log.push(() => this.#move(licence, member, before));
  }

  setNextOwner(member: string | null): void {
    const before = this.#nextOwner;
    this.#nextOwner = member;
    this.#log.push(() => {
      this.#nextOwner = before;
    });
  }

  handOver(member: string): void {
    for (const [id, one] of this.#members)
      if (one.role === 'owner') this.setMember(id, { ...one, role: 'administrator' });
    const next = this.#members.get(member);
    if (next) this.setMember(member, { ...next, role: 'owner' });
    this.setNextOwner(null);
  }

  keep(key: string, answer: Answer): void {
    this.#answers.set(key, answer);
    this.#log.push(() => this.#answers.delete(key));
  }

  addSubscription(subscription: ModelSubscription): void {
    const before = this.#subscriptions;
    const { id, licences } = subscription;
    this.#subscriptions = [...before, subscription].toSorted(givesFirst);
    this.#working.set(id, true);
    for (const licence of licences) this.#subscriptionOf.set(licence, id);
    this.#stir('', id);
    this.#log.push(() => {
      this.#subscriptions = before;
      this.#working.delete(id);
      for (const licence of licences) this.#subscriptionOf.delete(licence);
    });
  }

  /** Takes a subscription out of use and answers who has its licences: holders first, then by number. */
  stop(id: string): { licence: string; member: string }[] {
    this.#working.set(id, false);
    this.#stir('', `${id} stopped`);
    this.#log.push(() => this.#working.set(id, true));
    const licences = this.#subscriptions.find((one) => one.id === id)?.licences ?? [];
    const takers = licences.flatMap((licence) => {
      const member = this.taker(licence);
      return member === null ? [] : [{ licence, member }];
    });
    for (const { member } of takers) this.#touched.add(member);
    const waits = ({ member }: { member: string }) => Number(this.#members.get(member)?.state === 'invited');
    return takers.toSorted((one, other) => waits(one) - waits(other));
  }

  #licenceSet(member: string): Set<string> {
    const licences = this.#byMember.get(member) ?? new Set();
    this.#byMember.set(member, licences);
    return licences;
  }

  #move(licence: string, from: string | null, to: string | null): void {
    if (from !== null) this.#licenceSet(from).delete(licence);
    if (to === null) this.#taken.delete(licence);
    else {
      this.#licenceSet(to).add(licence);
      this.#taken.set(licence, to);
    }
  }

  #isEntitled(member: string): boolean {
    return this.#members.get(member)?.state === 'accepted' && this.hasUsable(member);
  }

  #noteTurn(member: string): void {
    const turns = this.#turns.get(member) ?? [];
    this.#turns.set(member, turns);
    const entitled = this.#isEntitled(member);
    if (turns.at(-1)?.entitled === entitled) return;
    turns.push({ revision: this.#revision, entitled });
    this.#log.push(() => turns.pop());
  }

  #stir(before: string, after: string): void {
    const change = hashOf(before) ^ hashOf(after);
    this.#hash ^= change;
    this.#log.push(() => {
      this.#hash ^= change;
    });
  }
}

const KEPT_REVISIONS = 2000;

/** Whether a number is among ascending ones. */
function isAmong(numbers: readonly number[], wanted: number): boolean {
  let from = 0;
  let to = numbers.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((numbers[middle] ?? 0) < wanted) from = middle + 1;
    else to = middle;
  }
  return numbers[from] === wanted;
}

const givesFirst = (one: ModelSubscription, other: ModelSubscription): number => {
  if (one.endsOn !== other.endsOn) return one.endsOn > other.endsOn ? -1 : 1;
  return one.id < other.id ? -1 : 1;
};

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
