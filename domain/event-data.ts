import type { CalendarDate } from './calendar-date.ts';
import type {
  AccountId,
  AllotmentId,
  ApplicationId,
  CustomerId,
  CustomerRequestId,
  DeviceRequestId,
  HoldingId,
  LicenceId,
  LinkId,
  MemberId,
  NoticeId,
  OfferId,
  OrderId,
  OrderItemId,
  PartnerId,
  ProductId,
  SigningKeyId,
  SubscriptionId,
  TeamId,
  TokenId,
} from './id.ts';
import type { Assignment } from './licence.ts';
import type { Currency } from './money.ts';
import type { HoldReason, PendingReason } from './order.ts';
import type { SubscriptionPhase } from './subscription.ts';
import type { MemberState, TeamRole } from './team.ts';

type OfferTermsData = {
  readonly offerId: OfferId;
  readonly partnerId: PartnerId;
  readonly version: number;
  readonly validUntil: CalendarDate;
  readonly currency: Currency;
  readonly totalMinor: number;
  readonly lines: readonly {
    readonly productId: ProductId;
    readonly quantity: number;
    readonly termMonths: number;
    readonly discountBasisPoints: number;
    readonly priceMinor: number;
  }[];
};

type LicenceData = { readonly licenceId: LicenceId; readonly productId: ProductId; readonly memberId: MemberId };

/** Why a licence came back. */
type TakenBecause = 'taken' | 'memberRemoved' | 'subscriptionTerminated' | 'quantityReduced';

type PhaseData = {
  readonly subscriptionId: SubscriptionId;
  readonly before: SubscriptionPhase;
  readonly on: CalendarDate;
};

/** Names of columns that changed; the values live in tables that can be erased. */
type ChangedFields = { readonly changed: readonly string[] };

/** What the events of a team's stream carry. */
type TeamEventData = {
  readonly teamMade: {
    readonly teamId: TeamId;
    readonly customerId: CustomerId | null;
    readonly ownerMemberId: MemberId;
    readonly claimed: boolean;
  };
  readonly teamClaimed: { readonly ownerMemberId: MemberId };
  /** The names stand in the team's history of names; the number says which one. */
  readonly teamRenamed: { readonly nameNumber: number };
  /** The former account is the one of the earlier address, where it has one: that one is no longer the team's owner to be. */
  readonly teamOwnerCorrected: { readonly ownerMemberId: MemberId; readonly formerAccountId: AccountId | null };
  readonly teamJoinedCustomer: { readonly customerId: CustomerId };
  readonly memberInvited: {
    readonly memberId: MemberId;
    readonly role: TeamRole;
    readonly external: boolean;
    readonly endsOn: CalendarDate;
  };
  readonly invitationSentAgain: { readonly memberId: MemberId; readonly endsOn: CalendarDate };
  readonly memberAccepted: { readonly memberId: MemberId };
  readonly memberRemoved: {
    readonly memberId: MemberId;
    readonly stateBefore: MemberState;
    readonly because: 'removed' | 'left' | 'invitationEnded';
  };
  readonly memberRoleChanged: { readonly memberId: MemberId; readonly before: TeamRole; readonly after: TeamRole };
  readonly ownershipOffered: { readonly memberId: MemberId };
  readonly ownershipWithdrawn: Record<string, never>;
  readonly ownershipHandedOver: { readonly before: MemberId; readonly after: MemberId };
  readonly licenceRequested: { readonly productId: ProductId; readonly memberId: MemberId };
  readonly licenceGiven: LicenceData & { readonly holdingId: HoldingId; readonly wasReserved: boolean };
  readonly licenceTaken: LicenceData & { readonly holdingId: HoldingId; readonly because: TakenBecause };
  readonly licenceMoved: {
    readonly licenceId: LicenceId;
    readonly productId: ProductId;
    readonly before: MemberId;
    readonly after: MemberId;
    readonly assignment: Assignment;
  };
  /** The same person goes on with another licence, because the subscription of the first stopped working. */
  readonly licenceRelocated: {
    readonly productId: ProductId;
    readonly memberId: MemberId;
    readonly before: LicenceId;
    readonly after: LicenceId;
    readonly assignment: Assignment;
  };
  readonly licenceReserved: LicenceData & { readonly endsOn: CalendarDate };
  readonly reservationWithdrawn: LicenceData;
  readonly reservationEnded: LicenceData;
  readonly subscriptionAdded: {
    readonly subscriptionId: SubscriptionId;
    readonly productId: ProductId;
    readonly orderItemId: OrderItemId;
    readonly quantity: number;
    readonly startsOn: CalendarDate;
    readonly endsOn: CalendarDate;
    readonly allotmentId: AllotmentId | null;
    readonly storageBytes: number;
  };
  readonly subscriptionRenewed: {
    readonly subscriptionId: SubscriptionId;
    readonly orderItemId: OrderItemId;
    readonly before: CalendarDate;
    readonly after: CalendarDate;
  };
  readonly subscriptionEnteredGrace: PhaseData;
  readonly subscriptionSuspended: PhaseData;
  readonly subscriptionTerminated: PhaseData;
};

/** What the events of a customer's stream carry. */
type CustomerEventData = {
  readonly customerAdded: {
    readonly customerId: CustomerId;
    readonly partnerId: PartnerId | null;
    readonly coreLicences: number;
  };
  readonly customerChanged: ChangedFields & { readonly customerId: CustomerId };
  readonly offerMade: OfferTermsData;
  readonly offerChanged: OfferTermsData;
  readonly offerSent: { readonly offerId: OfferId; readonly version: number; readonly noticeId: NoticeId };
  readonly offerAccepted: {
    readonly offerId: OfferId;
    readonly version: number;
    readonly channel: 'phone' | 'link';
    readonly linkId: LinkId | null;
  };
  readonly offerRejected: {
    readonly offerId: OfferId;
    readonly version: number;
    readonly channel: 'phone' | 'link';
    readonly linkId: LinkId | null;
  };
  readonly offerCancelled: { readonly offerId: OfferId };
  readonly offerDisputed: { readonly offerId: OfferId; readonly linkId: LinkId };
  readonly orderPlaced: { readonly orderId: OrderId; readonly offerId: OfferId; readonly teamId: TeamId | null };
  readonly orderPending: { readonly orderId: OrderId; readonly reason: PendingReason };
  readonly orderHeld: { readonly orderId: OrderId; readonly reason: HoldReason };
  readonly orderTeamNamed: { readonly orderId: OrderId; readonly teamId: TeamId };
  readonly orderReleased: { readonly orderId: OrderId };
  readonly orderRefused: { readonly orderId: OrderId };
  readonly orderCancelled: { readonly orderId: OrderId };
  readonly orderFailed: { readonly orderId: OrderId; readonly code: string };
  readonly orderCompleted: {
    readonly orderId: OrderId;
    readonly teamId: TeamId;
    readonly subscriptionIds: readonly SubscriptionId[];
  };
  readonly noticeSentAgain: { readonly noticeId: NoticeId; readonly before: NoticeId };
};

/** What the events of the vendor's stream carry. */
type VendorEventData = {
  readonly customerRequested: { readonly customerRequestId: CustomerRequestId; readonly partnerId: PartnerId };
  readonly customerRequestDeclined: { readonly customerRequestId: CustomerRequestId; readonly partnerId: PartnerId };
  readonly productAdded: { readonly productId: ProductId };
  readonly productChanged: ChangedFields & { readonly productId: ProductId };
  readonly priceChanged: {
    readonly productId: ProductId;
    readonly partnerId: PartnerId | null;
    readonly termMonths: number;
    readonly currency: Currency;
    readonly before: number | null;
    readonly after: number | null;
  };
  readonly partnerAdded: { readonly partnerId: PartnerId };
  readonly partnerChanged: ChangedFields & { readonly partnerId: PartnerId };
  readonly agentAppointed: { readonly partnerId: PartnerId; readonly accountId: AccountId };
  readonly agentDismissed: { readonly partnerId: PartnerId; readonly accountId: AccountId };
  readonly applicationAdded: { readonly applicationId: ApplicationId; readonly productIds: readonly ProductId[] };
  readonly applicationChanged: ChangedFields & { readonly applicationId: ApplicationId };
  /** How many addresses came and went; the addresses themselves stand in their table. */
  readonly staffChanged: { readonly added: number; readonly removed: number };
  readonly applicationKeyMade: { readonly applicationId: ApplicationId };
  readonly applicationKeyEnded: { readonly applicationId: ApplicationId };
  readonly deviceApproved: {
    readonly deviceRequestId: DeviceRequestId;
    readonly applicationId: ApplicationId;
    readonly accountId: AccountId;
  };
  readonly deviceSignedOut: {
    readonly tokenId: TokenId;
    readonly applicationId: ApplicationId;
    readonly accountId: AccountId;
  };
  readonly signingKeyMade: { readonly kid: SigningKeyId };
  /** The key that signed before, if one did, and the one that signs from now on. */
  readonly signingKeyRotated: { readonly before: SigningKeyId | null; readonly after: SigningKeyId };
  readonly signingKeyRevoked: { readonly kid: SigningKeyId };
  /** The heads of all streams, signed: `digest` covers those that grew since `before`, the digest of the seal before. */
  readonly recordSealed: {
    readonly seal: number;
    readonly heads: number;
    readonly before: string;
    readonly digest: string;
    readonly kid: SigningKeyId;
    readonly signature: string;
  };
};

/** What each kind of event carries: ids and non-personal values only, so that erasing a person leaves the chain valid. */
export type EventData = TeamEventData & CustomerEventData & VendorEventData;

/** The closed set of things that happen. */
export type EventKind = keyof EventData;
