import type { CalendarDate } from '../../domain/calendar-date.ts';
import { addDays, daysBetween } from '../../domain/calendar-date.ts';
import type {
  Entitlement,
  EntitlementFacts,
  GrantedReason,
  RefusedReason,
  TakenTerm,
} from '../../domain/entitlement.ts';
import { decideEntitlement } from '../../domain/entitlement.ts';
import type { LicenceId, TeamId } from '../../domain/id.ts';
import { formatId } from '../../domain/id.ts';
import type { SubscriptionTerm } from '../../domain/subscription.ts';
import { AccountTable } from './account-table.ts';
import type { ApplicationView } from './catalogue-view.ts';
import { CatalogueView } from './catalogue-view.ts';
import { NO_ROW } from './id-table.ts';
import { idWords, readId } from './id-words.ts';
import { ACCEPTED, INVITED, MembershipTable, membershipStates } from './membership-table.ts';
import { GRACE, SubscriptionTable } from './subscription-table.ts';
import { TeamTable } from './team-table.ts';

/** An answer from memory. */
export interface Decision {
  readonly decision: boolean;
  readonly reason: GrantedReason | RefusedReason;
  readonly until: CalendarDate | null;
  /** The team's revision that the answer stands at; null where there is no such team. */
  readonly revision: number | null;
}

/** How many rows to make room for from the beginning. */
export interface Expected {
  readonly accounts: number;
  readonly memberships: number;
  readonly teams: number;
  readonly subscriptions: number;
}

const EPOCH = '1970-01-01' as CalendarDate; // a date by its form
const ACCOUNT_PREFIX = 'acc_'.length;
const TEAM_PREFIX = 'team_'.length;
/** Which licence it is plays no part in an answer and is not kept here. */
const SOME_LICENCE = 'lic_' as LicenceId;

/**
 * Who holds what, in this process's memory: all that an answer depends on, in columns of numbers.
 *
 * It knows no time but the day that it was told, and nothing of how current it is: the change feed does.
 */
export class Projection {
  readonly catalogue = new CatalogueView();
  readonly accounts: AccountTable;
  readonly teams: TeamTable;
  readonly subscriptions: SubscriptionTable;
  readonly memberships: MembershipTable;
  #today: CalendarDate;
  #lastTeamId = '';
  #lastTeam = NO_ROW;
  readonly #dates = new Map<number, CalendarDate>();

  constructor(today: CalendarDate, expected?: Expected) {
    this.#today = today;
    this.accounts = new AccountTable(expected?.accounts);
    this.teams = new TeamTable(expected?.teams);
    this.subscriptions = new SubscriptionTable(dayOf(today), expected?.subscriptions);
    this.memberships = new MembershipTable(expected?.memberships);
  }

  /** The calendar date of the vendor by which it answers. */
  get today(): CalendarDate {
    return this.#today;
  }

  /** Begins a day; does nothing when it is the same. */
  setToday(today: CalendarDate): void {
    if (today === this.#today) return;
    this.#today = today;
    this.subscriptions.setToday(dayOf(today));
  }

  /** The row of an account by its id or e-mail address, or {@link NO_ROW}. */
  findAccount(subject: string): number {
    if (subject.startsWith('acc_') && readId(subject, ACCOUNT_PREFIX)) return this.accounts.ids.find(idWords);
    return this.accounts.findByAddress(subject.toLowerCase());
  }

  /** The row of a team, or {@link NO_ROW}. */
  findTeam(teamId: string): number {
    // Many questions of one call are about one team; rows stay what they are.
    if (teamId === this.#lastTeamId) return this.#lastTeam;
    const row = teamId.startsWith('team_') && readId(teamId, TEAM_PREFIX) ? this.teams.ids.find(idWords) : NO_ROW;
    if (row === NO_ROW) return NO_ROW;
    this.#lastTeamId = teamId;
    this.#lastTeam = row;
    return row;
  }

  /** The teams that an account is a member of or invited to. */
  teamIdsOf(accountId: string): TeamId[] {
    const account = this.findAccount(accountId);
    const teamIds: TeamId[] = [];
    const { firstMembership } = this.accounts;
    const { next, state, team } = this.memberships;
    let row = account === NO_ROW ? NO_ROW : (firstMembership[account] as number);
    for (; row !== NO_ROW; row = next[row] as number) {
      if (state[row] === ACCEPTED || state[row] === INVITED) teamIds.push(this.#teamId(team[row] as number));
    }
    return teamIds;
  }

  /** The team's revision that is in here, or undefined where there is no such team. */
  revisionOf(teamId: string): number | undefined {
    const team = this.findTeam(teamId);
    return team === NO_ROW ? undefined : this.teams.revision[team];
  }

  /**
   * May this account use this product in this team today?
   *
   * The usual yes is found without making more than the answer; every no is the domain's.
   *
   * @param subject Id or e-mail address of an account.
   * @param product Id or key of a product; those of other applications do not exist.
   */
  decide(application: Pick<ApplicationView, 'products'>, subject: string, product: string, teamId: string): Decision {
    const account = this.findAccount(subject);
    const team = this.findTeam(teamId);
    return this.decideRows(account, application.products.get(product) ?? NO_ROW, team);
  }

  /** The same by rows. */
  decideRows(account: number, product: number, team: number): Decision {
    const revision = team === NO_ROW ? null : (this.teams.revision[team] as number);
    const membership = account === NO_ROW || team === NO_ROW ? NO_ROW : this.memberships.find(account, team);
    if (membership !== NO_ROW && product !== NO_ROW && this.accounts.confirmed[account] === 1) {
      const subscription = this.#usableSubscription(membership, product);
      if (subscription !== NO_ROW) {
        const reason = this.subscriptions.phase[subscription] === GRACE ? 'grace' : 'held';
        return {
          decision: true,
          reason,
          until: this.#dateOf(this.subscriptions.lastUsableDay(subscription)),
          revision,
        };
      }
    }
    const { decision, reason, until } = this.decideInFull(account, product, team);
    return { decision: decision === 'granted', reason, until, revision };
  }

  /** The domain's own answer, from the facts spelled out. */
  decideInFull(account: number, product: number, team: number): Entitlement {
    return decideEntitlement(this.#factsOf(account, product, team), this.#today);
  }

  /** The held subscription of a product that works longest, among those that work today. */
  #usableSubscription(membership: number, product: number): number {
    const { state, firstLicence, nextLicence, licenceSubscription } = this.memberships;
    const { product: productOf, phase } = this.subscriptions;
    let best = NO_ROW;
    if (state[membership] !== ACCEPTED) return best;
    for (
      let licence = firstLicence[membership] as number;
      licence !== NO_ROW;
      licence = nextLicence[licence] as number
    ) {
      const subscription = licenceSubscription[licence] as number;
      if (productOf[subscription] !== product || (phase[subscription] as number) > GRACE) continue;
      if (best === NO_ROW || this.subscriptions.lastUsableDay(subscription) > this.subscriptions.lastUsableDay(best)) {
        best = subscription;
      }
    }
    return best;
  }

  #factsOf(account: number, product: number, team: number): EntitlementFacts {
    const membership = account === NO_ROW || team === NO_ROW ? NO_ROW : this.memberships.find(account, team);
    const state =
      membership === NO_ROW ? 'none' : (membershipStates[this.memberships.state[membership] as number] ?? 'none');
    return {
      account: account === NO_ROW ? undefined : { confirmed: this.accounts.confirmed[account] === 1 },
      productKnown: product !== NO_ROW,
      teamKnown: team !== NO_ROW,
      member: state === 'none' ? undefined : { state },
      licences: membership === NO_ROW ? [] : this.#licencesOf(membership, product),
      subscriptions: team === NO_ROW ? [] : this.#termsOf(team, product),
    };
  }

  #licencesOf(membership: number, product: number): TakenTerm[] {
    const { firstLicence, nextLicence, licenceSubscription, state } = this.memberships;
    const assignment = state[membership] === ACCEPTED ? 'holding' : 'reservation';
    const taken: TakenTerm[] = [];
    for (
      let licence = firstLicence[membership] as number;
      licence !== NO_ROW;
      licence = nextLicence[licence] as number
    ) {
      const subscription = licenceSubscription[licence] as number;
      if (this.subscriptions.product[subscription] !== product) continue;
      taken.push({ licenceId: SOME_LICENCE, assignment, term: this.#termOf(subscription) });
    }
    return taken;
  }

  #termsOf(team: number, product: number): SubscriptionTerm[] {
    const { next, product: productOf } = this.subscriptions;
    const terms: SubscriptionTerm[] = [];
    for (let row = this.teams.firstSubscription[team] as number; row !== NO_ROW; row = next[row] as number) {
      if (productOf[row] === product) terms.push(this.#termOf(row));
    }
    return terms;
  }

  #termOf(subscription: number): SubscriptionTerm {
    const { endsOn, graceDays, suspendedDays } = this.subscriptions;
    return {
      endsOn: this.#dateOf(endsOn[subscription] as number),
      graceDays: graceDays[subscription] as number,
      suspendedDays: suspendedDays[subscription] as number,
    };
  }

  #teamId(row: number): TeamId {
    const words = new Uint32Array(4);
    this.teams.ids.read(row, words);
    const bytes = new DataView(new ArrayBuffer(16));
    words.forEach((word, index) => {
      bytes.setUint32(index * 4, word);
    });
    return formatId('team', new Uint8Array(bytes.buffer));
  }

  #dateOf(day: number): CalendarDate {
    const known = this.#dates.get(day);
    if (known !== undefined) return known;
    const date = addDays(EPOCH, day);
    this.#dates.set(day, date);
    return date;
  }
}

/** Days since 1970-01-01. */
export const dayOf = (date: CalendarDate): number => daysBetween(EPOCH, date);
