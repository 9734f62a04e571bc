import type { NoticeKind } from '../../../contract/notice.ts';
import type { Language } from '../../../contract/shape.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { LinkId } from '../../../domain/id.ts';
import type { Money } from '../../../domain/money.ts';
import type { HoldReason } from '../../../domain/order.ts';

/** A line of an offer or order, as a mail names it. */
export interface NoticeLine {
  readonly productName: string;
  readonly quantity: number;
}

interface OfferFacts {
  readonly offerNumber: string;
  readonly customerName: string;
  readonly partnerName: string;
  readonly agentName: string | null;
  readonly lines: readonly (NoticeLine & { readonly termMonths: number })[];
  readonly total: Money;
}

interface OrderFacts {
  readonly orderNumber: string;
  readonly customerName: string;
  readonly partnerName: string;
}

interface TeamFacts {
  readonly teamName: string;
  readonly customerName: string;
  readonly partnerName: string;
}

interface TermFacts {
  readonly teamName: string;
  readonly productName: string;
  readonly quantity: number;
  /** The last day of the term. */
  readonly endsOn: CalendarDate;
}

/** The page of the portal that a mail without a link of its own leads to, such as `/teams/team_…`. */
interface InPortal {
  readonly path: string;
}

type NoFacts = Readonly<Record<string, never>>;

/** What the text of each linked kind mentions; its mail leads to the one-time link that was made for it. */
export interface LinkedPayloads {
  /** No name: whoever asked may be anybody, and would choose what the mail says. */
  readonly accountConfirmation: NoFacts;
  readonly passwordReset: NoFacts;
  readonly offerSent: OfferFacts & {
    readonly storageBytes: number;
    readonly validUntil: CalendarDate;
    readonly message: string | null;
  };
  /** Its link is the "not us" one. `acceptedAt` is ISO 8601 in UTC. */
  readonly offerAcceptedByPhone: OfferFacts & { readonly acceptedBy: string; readonly acceptedAt: string };
  readonly orderToComplete: OrderFacts & { readonly lines: readonly NoticeLine[] };
  readonly teamMade: TeamFacts;
  readonly teamJoinsCustomer: TeamFacts & { readonly customerNumber: string };
  readonly invitation: {
    readonly teamName: string;
    readonly invitedByName: string | null;
    readonly productNames: readonly string[];
    readonly endsOn: CalendarDate;
  };
}

/** What the text of each kind mentions whose mail leads into the portal. */
export interface PortalPayloads {
  readonly accountExists: InPortal & { readonly name: string };
  /** To the owner of an account, whoever changed it. `changedAt` is ISO 8601 in UTC. */
  readonly passwordChanged: InPortal & { readonly changedAt: string };
  readonly orderCompleted: InPortal & {
    readonly orderNumber: string;
    readonly customerName: string;
    readonly teamName: string;
    readonly lines: readonly NoticeLine[];
    readonly storageBytes: number;
    readonly endsOn: CalendarDate;
    readonly audience: 'owner' | 'contact' | 'agent';
  };
  /** To the agent: how the customer answered by the link. `answer.reason` is what it wrote when it declined. */
  readonly offerAnswered: InPortal & {
    readonly offerNumber: string;
    readonly customerName: string;
    readonly answer:
      | { readonly kind: 'accepted'; readonly by: string }
      | { readonly kind: 'rejected'; readonly reason: string | null };
  };
  readonly orderHeld: InPortal & OrderFacts & { readonly reason: HoldReason };
  readonly orderFailed: InPortal & OrderFacts;
  readonly orderRefused: InPortal & OrderFacts & { readonly reason: string };
  readonly ownershipOffered: InPortal & { readonly teamName: string; readonly offeredByName: string };
  readonly customerConfirmed: InPortal & { readonly customerNumber: string; readonly customerName: string };
  readonly customerDeclined: InPortal & { readonly customerNumber: string; readonly customerName: string };
  readonly termEnding: InPortal & TermFacts & { readonly days: number };
  readonly termGrace: InPortal & TermFacts & { readonly graceEndsOn: CalendarDate };
  readonly termSuspended: InPortal & TermFacts & { readonly terminatesOn: CalendarDate };
  readonly termTerminated: InPortal & TermFacts;
}

export type LinkedNoticeKind = keyof LinkedPayloads;

/**
 * The facts of each kind of notice: names, numbers, dates and money as they are when it is owed.
 *
 * They are kept with the notice, so that every repeat of the mail is the same to the byte.
 */
export type NoticePayloads = LinkedPayloads & PortalPayloads;

interface OwedOf<K extends NoticeKind> {
  readonly kind: K;
  readonly to: EmailAddress;
  readonly language: Language;
  /** What the text mentions; a kind without a link names the portal's page there, as `path`. */
  readonly payload: NoticePayloads[K];
  /** What it is about, such as the order's id. */
  readonly subjectId: string;
}

/**
 * A mail that the system owes somebody: each kind with its own facts. A linked kind has a link; another may lead to one
 * instead of its page, such as a finished order's to the link by which an unclaimed team is claimed.
 */
export type Owed = {
  [K in NoticeKind]: OwedOf<K> &
    (K extends LinkedNoticeKind ? { readonly linkId: LinkId } : { readonly linkId?: LinkId });
}[NoticeKind];
