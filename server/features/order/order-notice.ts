import type { Language } from '../../../contract/shape.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { LinkId, NoticeId, TeamId } from '../../../domain/id.ts';
import type { HoldReason } from '../../../domain/order.ts';
import type { Change } from '../../platform/transact.ts';
import { makeLink } from '../link/link.service.ts';
import { oweNotice } from '../notice/notice.service.ts';
import type { ItemRow, OrderRow } from './order.queries.ts';

const COMPLETION_DAYS = 30;
const JOINING_DAYS = 14;
const DESK_PATH = '/desk/orders';
const OFFICE_PATH = '/office';

interface Mailbox {
  readonly email: EmailAddress;
  readonly language: Language;
}

/** The agent who placed the order. An account that is gone gets no mail. */
function agentOf({ placerEmail, placerLanguage, customerLanguage }: OrderRow): Mailbox[] {
  return placerEmail ? [{ email: placerEmail, language: placerLanguage ?? customerLanguage }] : [];
}

function contactOf({ contactEmail, customerLanguage }: OrderRow): Mailbox {
  return { email: contactEmail, language: customerLanguage };
}

function factsOf({ number, customerName, partnerName }: OrderRow) {
  return { orderNumber: number, customerName, partnerName };
}

/** Mails the customer's contact the one-time link by which the order gets its team; an earlier link ends. */
export async function oweCompletion(change: Change, order: OrderRow, items: readonly ItemRow[]): Promise<NoticeId> {
  const { email, language } = contactOf(order);
  const linkId = await makeLink(change, { kind: 'completeOrder', subjectId: order.id, email, days: COMPLETION_DAYS });
  return oweNotice(change, {
    kind: 'orderToComplete',
    to: email,
    language,
    linkId,
    subjectId: order.id,
    payload: { ...factsOf(order), lines: items.map(({ productName, quantity }) => ({ productName, quantity })) },
  });
}

/** A team without customer that an order names. */
export interface FreeTeam {
  readonly name: string;
  readonly ownerEmail: EmailAddress;
  readonly ownerLanguage: Language | null;
}

/** Asks the owner of a team without customer whether it belongs to the customer who orders for it. */
export async function oweJoining(change: Change, order: OrderRow, team: FreeTeam): Promise<void> {
  const linkId = await makeLink(change, {
    kind: 'joinCustomer',
    subjectId: order.id,
    email: team.ownerEmail,
    days: JOINING_DAYS,
  });
  await oweNotice(change, {
    kind: 'teamJoinsCustomer',
    to: team.ownerEmail,
    language: team.ownerLanguage ?? order.customerLanguage,
    linkId,
    subjectId: order.id,
    payload: {
      teamName: team.name,
      customerName: order.customerName,
      customerNumber: order.customerNumber,
      partnerName: order.partnerName,
    },
  });
}

/** Tells the agent, and staff where they don't find it in their list of reviews, that an order is held. */
export async function oweHeld(
  change: Change,
  order: OrderRow,
  { reason, staff }: { reason: HoldReason; staff: readonly Mailbox[] },
): Promise<void> {
  for (const { email, language, path } of [...withPath(agentOf(order), DESK_PATH), ...withPath(staff, OFFICE_PATH)]) {
    const payload = { ...factsOf(order), reason, path };
    await oweNotice(change, { kind: 'orderHeld', to: email, language, subjectId: order.id, payload });
  }
}

/** Tells agent and staff that an order cannot be processed. */
export async function oweFailed(change: Change, order: OrderRow, staff: readonly Mailbox[]): Promise<void> {
  const office = withPath(staff, `${OFFICE_PATH}?show=failed`);
  // Who is both can do something about it in the back office.
  const agents = withPath(agentOf(order), DESK_PATH).filter(({ email }) => !office.some((one) => one.email === email));
  for (const { email, language, path } of [...agents, ...office]) {
    const payload = { ...factsOf(order), path };
    await oweNotice(change, { kind: 'orderFailed', to: email, language, subjectId: order.id, payload });
  }
}

const withPath = (mailboxes: readonly Mailbox[], path: string) => mailboxes.map((mailbox) => ({ ...mailbox, path }));

/** Tells customer and agent that the vendor refused an order, and why. */
export async function oweRefused(change: Change, order: OrderRow, reason: string): Promise<void> {
  for (const { email, language } of [contactOf(order), ...agentOf(order)]) {
    const payload = { ...factsOf(order), reason, path: DESK_PATH };
    await oweNotice(change, { kind: 'orderRefused', to: email, language, subjectId: order.id, payload });
  }
}

/** What an order added, and whom to tell first. */
export interface Completion {
  readonly items: readonly ItemRow[];
  readonly endsOn: CalendarDate;
  readonly team: {
    readonly id: TeamId;
    readonly name: string;
    readonly ownerEmail: EmailAddress;
    readonly ownerLanguage: Language | null;
  };
  /** The link by which the owner of an unclaimed team confirms it. */
  readonly claimLinkId: LinkId | undefined;
}

/** Tells the team's owner, the customer's contact and the agent that it is done; who is two of them hears it once. */
export async function oweCompleted(change: Change, order: OrderRow, completion: Completion): Promise<void> {
  const { items, team, endsOn, claimLinkId } = completion;
  const teamPath = `/teams/${team.id}`;
  const owner = { email: team.ownerEmail, language: team.ownerLanguage ?? order.customerLanguage };
  const told = [
    { ...owner, audience: 'owner', path: teamPath, linkId: claimLinkId },
    { ...contactOf(order), audience: 'contact', path: teamPath, linkId: undefined },
    ...agentOf(order).map((agent) => ({ ...agent, audience: 'agent', path: DESK_PATH, linkId: undefined }) as const),
  ] as const;
  const once = told.filter(({ email }, index) => told.findIndex((other) => other.email === email) === index);
  for (const { email, language, audience, path, linkId } of once) {
    await oweNotice(change, {
      kind: 'orderCompleted',
      to: email,
      language,
      subjectId: order.id,
      ...(linkId && { linkId }),
      payload: {
        path,
        audience,
        orderNumber: order.number,
        customerName: order.customerName,
        teamName: team.name,
        lines: items.map(({ productName, quantity }) => ({ productName, quantity })),
        storageBytes: items.reduce((sum, { storageBytes }) => sum + storageBytes, 0),
        endsOn,
      },
    });
  }
}
