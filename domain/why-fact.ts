import type { CalendarDate } from './calendar-date.ts';
import type { EntitlementFacts } from './entitlement.ts';
import type { TeamId } from './id.ts';

/** A moment as the wire has it: ISO 8601 in UTC. */
type Moment = string;

/** What an order of the team that is not finished waits for: processing, details, the vendor's look, or a clearing up. */
export type OpenOrder = {
  readonly waitsFor: 'inProgress' | 'pending' | 'review' | 'disputed';
  /** Its number, for those who may read the team's orders. */
  readonly number: string | undefined;
};

/** When an application of the person was last heard of in this team, and what it picked up last, if it ever said so. */
export type LastContact = {
  readonly at: Moment;
  readonly secondsAgo: number;
  readonly place: string | undefined;
  readonly state: 'unlocked' | 'locked' | undefined;
};

/** Who reads the answer: the person itself, or somebody who manages the team; and what the reader may do there. */
export type WhyReader = {
  readonly isPerson: boolean;
  readonly managesPeople: boolean;
  readonly managesLicences: boolean;
  /** Whether the team's orders are the reader's to read and complete. */
  readonly buys: boolean;
};

/**
 * Everything that an explanation depends on. Callers leave out what the reader may not know: it is explained as unknown.
 */
export type WhyFacts = {
  readonly entitlement: EntitlementFacts;
  readonly reader: WhyReader;
  /** The last day of an open invitation; undefined for one that never ends. */
  readonly invitationEndsOn: CalendarDate | undefined;
  /** Whether it is the owner's own, which confirms the team. */
  readonly claims: boolean;
  readonly acceptedAt: Moment | undefined;
  readonly removedAt: Moment | undefined;
  /** Licences of the product that could be given in this team now. */
  readonly free: number;
  /** A team in which the same account may use the product. */
  readonly otherTeam: { readonly teamId: TeamId; readonly teamName: string } | undefined;
  readonly order: OpenOrder | undefined;
  /** Until when an application can run without contact, by its lease; revoked, where contact would end it. */
  readonly lease: { readonly until: Moment; readonly isRevoked: boolean } | undefined;
  /** How far the person's clock is ahead of the server's. */
  readonly clockOffsetSeconds: number | undefined;
  readonly contact: LastContact | undefined;
  /** How long an application may be silent: as long as a lease of the product lasts. */
  readonly leaseSeconds: number;
  /** The owner's name, for fellow members alone. */
  readonly ownerName: string | undefined;
  readonly partnerName: string | undefined;
};
