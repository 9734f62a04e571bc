import type { EventData, EventKind } from './event-data.ts';
import type { AccountId, ApplicationId, CustomerId, LinkId, TeamId } from './id.ts';

/** What a stream of events is about. */
export type StreamKind = 'team' | 'customer' | 'vendor';

/** The stream of a team, of a customer, or the one of the vendor. */
export type StreamId = TeamId | CustomerId | 'vendor';

/** Every kind of event with the kind of stream that it belongs to. */
export const eventStreams = {
  teamMade: 'team',
  teamClaimed: 'team',
  teamRenamed: 'team',
  teamOwnerCorrected: 'team',
  teamJoinedCustomer: 'team',
  memberInvited: 'team',
  invitationSentAgain: 'team',
  memberAccepted: 'team',
  memberRemoved: 'team',
  memberRoleChanged: 'team',
  ownershipOffered: 'team',
  ownershipWithdrawn: 'team',
  ownershipHandedOver: 'team',
  licenceRequested: 'team',
  licenceGiven: 'team',
  licenceTaken: 'team',
  licenceMoved: 'team',
  licenceRelocated: 'team',
  licenceReserved: 'team',
  reservationWithdrawn: 'team',
  reservationEnded: 'team',
  subscriptionAdded: 'team',
  subscriptionRenewed: 'team',
  subscriptionEnteredGrace: 'team',
  subscriptionSuspended: 'team',
  subscriptionTerminated: 'team',
  customerAdded: 'customer',
  customerChanged: 'customer',
  offerMade: 'customer',
  offerChanged: 'customer',
  offerSent: 'customer',
  offerAccepted: 'customer',
  offerRejected: 'customer',
  offerCancelled: 'customer',
  offerDisputed: 'customer',
  orderPlaced: 'customer',
  orderPending: 'customer',
  orderHeld: 'customer',
  orderTeamNamed: 'customer',
  orderReleased: 'customer',
  orderRefused: 'customer',
  orderCancelled: 'customer',
  orderFailed: 'customer',
  orderCompleted: 'customer',
  noticeSentAgain: 'customer',
  customerRequested: 'vendor',
  customerRequestDeclined: 'vendor',
  productAdded: 'vendor',
  productChanged: 'vendor',
  priceChanged: 'vendor',
  partnerAdded: 'vendor',
  partnerChanged: 'vendor',
  agentAppointed: 'vendor',
  agentDismissed: 'vendor',
  applicationAdded: 'vendor',
  applicationChanged: 'vendor',
  staffChanged: 'vendor',
  applicationKeyMade: 'vendor',
  applicationKeyEnded: 'vendor',
  deviceApproved: 'vendor',
  deviceSignedOut: 'vendor',
  signingKeyMade: 'vendor',
  signingKeyRotated: 'vendor',
  signingKeyRevoked: 'vendor',
  recordSealed: 'vendor',
} as const satisfies Readonly<Record<EventKind, StreamKind>>;

/** Whether a text names a kind of event. */
export const isEventKind = (text: string): text is EventKind => Object.hasOwn(eventStreams, text);

/** The kinds that a licence manager sees of its team's record. */
export const licenceEventKinds = [
  'licenceRequested',
  'licenceGiven',
  'licenceTaken',
  'licenceMoved',
  'licenceRelocated',
  'licenceReserved',
  'reservationWithdrawn',
  'reservationEnded',
] as const satisfies readonly EventKind[];

/** Who caused an event. `link` is the bearer of a one-time link, `system` the passing of time or the vendor's command line. */
export type EventActor =
  | { readonly kind: 'account'; readonly id: AccountId }
  | { readonly kind: 'application'; readonly id: ApplicationId }
  | { readonly kind: 'link'; readonly id: LinkId }
  | { readonly kind: 'system'; readonly id: 'system' };

/** An event as a rule or service states it, before it gets its number. */
export type NewEvent = {
  readonly [Kind in EventKind]: { readonly kind: Kind; readonly data: EventData[Kind] };
}[EventKind];

/** An event as it is chained. Texts are those that are stored: hashing never goes through a parser again. */
export type ChainedEvent = {
  readonly streamId: StreamId;
  /** Gapless within the stream, from 1. */
  readonly number: number;
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string;
  readonly kind: EventKind;
  readonly actorKind: EventActor['kind'];
  readonly actorId: EventActor['id'];
  /** The event's data as one line of JSON. */
  readonly dataText: string;
  /** The hash of the predecessor, 64 hexadecimal digits; {@link firstPreviousHash} for number 1. */
  readonly previousHash: string;
};

/** What stands for the predecessor of a stream's first event. */
export const firstPreviousHash = '0'.repeat(64);

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const HASH = /^[0-9a-f]{64}$/;

/**
 * The exact text whose SHA-256 (over UTF-8) is an event's hash: eight fields, one a line.
 *
 * No field may hold a line break, so two events never share a text.
 *
 * @throws RangeError where a field has not the form that its comment says.
 */
export const chainInput = (event: ChainedEvent): string => {
  if (!Number.isSafeInteger(event.number) || event.number < 1) throw new RangeError('An event is numbered from 1');
  if (!MOMENT.test(event.at)) throw new RangeError('An event has its moment in UTC with milliseconds');
  if (!HASH.test(event.previousHash)) throw new RangeError('An event has the hash of its predecessor');
  const fields = [
    event.streamId,
    String(event.number),
    event.at,
    event.kind,
    event.actorKind,
    event.actorId,
    event.dataText,
    event.previousHash,
  ];
  if (fields.some((field) => field.includes('\n'))) throw new RangeError('A field of an event is one line');
  return fields.join('\n');
};
