import type { AccountTable } from './account-table.ts';
import { mix, slotsFor, withRoom } from './columns.ts';
import { NO_ROW } from './id-table.ts';

/** What an account is to a team; `none` where it was something once and its address has changed since. */
export const membershipStates = ['none', 'accepted', 'invited', 'removed'] as const;
export type MembershipState = (typeof membershipStates)[number];
export const ACCEPTED = membershipStates.indexOf('accepted');
export const INVITED = membershipStates.indexOf('invited');

/**
 * What each account is to each of its teams, and the subscriptions of which it has a licence there.
 *
 * Found by account and team in constant time; an account's memberships are a list as well.
 */
export class MembershipTable {
  account: Int32Array;
  team: Int32Array;
  /** Index into {@link membershipStates}. */
  state: Uint8Array;
  /** The next membership of the same account, or `NO_ROW`. */
  next: Int32Array;
  /** The first licence, or `NO_ROW`. */
  firstLicence: Int32Array;
  /** The subscription that a licence belongs to. */
  licenceSubscription: Int32Array;
  /** The next licence of the same membership, or of the free ones. */
  nextLicence: Int32Array;
  #slots: Int32Array;
  #count = 0;
  #licences = 0;
  #freeLicence = NO_ROW;

  constructor(expected = 0) {
    const rows = Math.max(16, expected);
    this.account = new Int32Array(rows);
    this.team = new Int32Array(rows);
    this.state = new Uint8Array(rows);
    this.next = new Int32Array(rows);
    this.firstLicence = new Int32Array(rows);
    this.licenceSubscription = new Int32Array(rows);
    this.nextLicence = new Int32Array(rows);
    this.#slots = new Int32Array(slotsFor(expected));
  }

  get count(): number {
    return this.#count;
  }

  find(account: number, team: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = hashOf(account, team) & mask; ; slot = (slot + 1) & mask) {
      const row = (slots[slot] as number) - 1;
      if (row < 0) return NO_ROW;
      if (this.account[row] === account && this.team[row] === team) return row;
    }
  }

  /** The membership of an account in a team, made if it is new. */
  add(accounts: AccountTable, account: number, team: number): number {
    const known = this.find(account, team);
    if (known !== NO_ROW) return known;
    const row = this.#count;
    this.#count += 1;
    if (this.#count > this.account.length) this.#makeRoom();
    this.account[row] = account;
    this.team[row] = team;
    this.firstLicence[row] = NO_ROW;
    this.next[row] = accounts.firstMembership[account] as number;
    accounts.firstMembership[account] = row;
    if (this.#count > this.#slots.length * 0.75) this.#rehash();
    else this.#place(row);
    return row;
  }

  /** Gives a membership a licence of a subscription. */
  addLicence(row: number, subscription: number): void {
    const licence = this.#newLicence();
    this.licenceSubscription[licence] = subscription;
    this.nextLicence[licence] = this.firstLicence[row] as number;
    this.firstLicence[row] = licence;
  }

  clearLicences(row: number): void {
    let licence = this.firstLicence[row] as number;
    while (licence !== NO_ROW) {
      const next = this.nextLicence[licence] as number;
      this.nextLicence[licence] = this.#freeLicence;
      this.#freeLicence = licence;
      licence = next;
    }
    this.firstLicence[row] = NO_ROW;
  }

  #makeRoom(): void {
    this.account = withRoom(this.account, this.#count);
    this.team = withRoom(this.team, this.#count);
    this.state = withRoom(this.state, this.#count);
    this.next = withRoom(this.next, this.#count);
    this.firstLicence = withRoom(this.firstLicence, this.#count);
  }

  #newLicence(): number {
    const free = this.#freeLicence;
    if (free !== NO_ROW) {
      this.#freeLicence = this.nextLicence[free] as number;
      return free;
    }
    this.#licences += 1;
    if (this.#licences > this.nextLicence.length) {
      this.licenceSubscription = withRoom(this.licenceSubscription, this.#licences);
      this.nextLicence = withRoom(this.nextLicence, this.#licences);
    }
    return this.#licences - 1;
  }

  #rehash(): void {
    this.#slots = new Int32Array(slotsFor(this.#count * 1.5));
    for (let row = 0; row < this.#count; row += 1) this.#place(row);
  }

  #place(row: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashOf(this.account[row] as number, this.team[row] as number) & mask;
    while (slots[slot] !== 0) slot = (slot + 1) & mask;
    slots[slot] = row + 1;
  }
}

function hashOf(account: number, team: number): number {
  return mix(Math.imul(account, 0x85ebca6b) ^ Math.imul(team, 0xc2b2ae35));
}
