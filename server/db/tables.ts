import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { NoticeKind } from '../../contract/notice.ts';
import type { Language } from '../../contract/shape.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import type { EmailAddress } from '../../domain/email-address.ts';
import type * as id from '../../domain/id.ts';
import type { Currency } from '../../domain/money.ts';
import type { SearchKey } from '../../domain/search-key.ts';

/** JSON as it is read; written as text. */
type Json<T extends object> = JSONColumnType<T, string, string>;
/** Written by the database alone. */
type ReadOnly<T> = ColumnType<T, never, never>;

export interface StreamTable {
  id: string;
  head: Generated<number>;
  headHash: Generated<Buffer>;
  previousHash: Generated<Buffer>;
}

export interface EventTable {
  streamId: ReadOnly<string>;
  number: ReadOnly<number>;
  at: ReadOnly<Date>;
  kind: ReadOnly<string>;
  actorKind: ReadOnly<string>;
  actorId: ReadOnly<string>;
  data: ReadOnly<Record<string, unknown>>;
  previousHash: ReadOnly<Buffer>;
  hash: ReadOnly<Buffer>;
  transactionId: ReadOnly<string>;
}

export interface IdempotencyKeyTable {
  scope: string;
  key: string;
  requestHash: Buffer;
  response: Json<object>;
  at: Date;
}

export interface AccountTable {
  id: id.AccountId;
  name: string;
  email: EmailAddress;
  emailVerified: Generated<boolean>;
  image: string | null;
  language: Generated<Language>;
  createdAt: Generated<Date>;
  updatedAt: Generated<Date>;
  transactionId: ReadOnly<string>;
}

export interface SessionTable {
  id: string;
  accountId: id.AccountId;
  token: string;
  expiresAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
  createdAt: Generated<Date>;
  updatedAt: Generated<Date>;
}

export interface CredentialTable {
  id: string;
  accountId: id.AccountId;
  providerId: string;
  providerAccountId: string;
  password: string | null;
  createdAt: Generated<Date>;
  updatedAt: Generated<Date>;
}

export interface ProductTable {
  id: id.ProductId;
  key: string;
  name: string;
  kind: 'namedLicence' | 'storage';
  termMonths: number[];
  graceDays: number;
  suspendedDays: number;
  leaseHours: number;
  includedStorageBytes: number;
  unitBytes: number;
  review: 'none' | 'backOffice';
  proposal: 'perCoreLicence' | 'none';
  /** The order in which people see them. */
  position: Generated<number>;
  retired: Generated<boolean>;
}

export interface PriceTable {
  productId: id.ProductId;
  termMonths: number;
  currency: Currency;
  unitPriceMinor: number;
}

export interface PartnerTable {
  id: id.PartnerId;
  key: string;
  name: string;
  currency: Currency;
  discountLimitBasisPoints: number;
  retired: Generated<boolean>;
}

export interface AgentTable {
  email: EmailAddress;
  partnerId: id.PartnerId;
}

export interface StaffTable {
  email: EmailAddress;
}

export interface ApplicationTable {
  id: id.ApplicationId;
  key: string;
  name: string;
  retired: Generated<boolean>;
}

export interface ApplicationProductTable {
  applicationId: id.ApplicationId;
  productId: id.ProductId;
}

export interface ApplicationKeyTable {
  id: id.TokenId;
  applicationId: id.ApplicationId;
  hash: Buffer;
  createdAt: Date;
  revokedAt: Date | null;
}

export interface DeviceRequestTable {
  id: id.DeviceRequestId;
  deviceCodeHash: Buffer;
  userCode: string;
  applicationId: id.ApplicationId;
  place: string | null;
  address: string;
  state: 'waiting' | 'approved' | 'denied' | 'used';
  accountId: id.AccountId | null;
  intervalSeconds: number;
  polledAt: Date | null;
  createdAt: Date;
  expiresAt: Date;
}

export interface DeviceTokenTable {
  id: id.TokenId;
  hash: Buffer;
  accountId: id.AccountId;
  applicationId: id.ApplicationId;
  place: string | null;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

export interface CustomerTable {
  id: id.CustomerId;
  customerNumber: string;
  name: string;
  searchKey: SearchKey;
  country: string;
  language: Language;
  coreLicences: number;
  contactName: string;
  contactEmail: EmailAddress;
  partnerId: id.PartnerId;
  createdAt: Date;
}

export interface CustomerRequestTable {
  id: id.CustomerRequestId;
  customerNumber: string;
  name: string;
  country: string;
  language: Language;
  coreLicences: number;
  contactName: string;
  contactEmail: EmailAddress;
  partnerId: id.PartnerId;
  requestedBy: id.AccountId;
  requestedAt: Date;
  state: 'waiting' | 'confirmed' | 'declined';
  decidedAt: Date | null;
  decidedBy: id.AccountId | null;
  customerId: id.CustomerId | null;
}

export interface TeamTable {
  id: id.TeamId;
  name: string;
  nameKey: string;
  slug: string;
  customerId: id.CustomerId | null;
  partnerId: id.PartnerId | null;
  ownerMemberId: id.MemberId;
  nextOwnerMemberId: id.MemberId | null;
  claimedAt: Date | null;
  version: Generated<number>;
  madeBy: id.AccountId | null;
  createdAt: Date;
}

export interface TeamNameTable {
  teamId: id.TeamId;
  number: number;
  name: string;
  since: Date;
}

export interface MemberTable {
  id: id.MemberId;
  teamId: id.TeamId;
  accountId: id.AccountId | null;
  email: EmailAddress;
  name: string;
  role: 'owner' | 'administrator' | 'licenceManager' | 'member';
  state: 'invited' | 'accepted' | 'removed';
  external: Generated<boolean>;
  invitedBy: id.AccountId | null;
  invitedAt: Date;
  /** The last day on which the invitation can be accepted. */
  invitationEndsOn: CalendarDate | null;
  acceptedAt: Date | null;
  removedAt: Date | null;
}

export interface OfferTable {
  id: id.OfferId;
  number: string;
  customerId: id.CustomerId;
  partnerId: id.PartnerId;
  agentId: id.AccountId | null;
  version: Generated<number>;
  state: 'inProgress' | 'pending' | 'accepted' | 'rejected' | 'cancelled';
  currency: Currency;
  language: Language;
  validUntil: CalendarDate;
  message: string | null;
  sentAt: Date | null;
  acceptedChannel: 'phone' | 'link' | null;
  acceptedBy: string | null;
  acceptedAt: Date | null;
  acceptedRecordedBy: id.AccountId | null;
  rejectedAt: Date | null;
  rejectedReason: string | null;
  disputedAt: Date | null;
  createdAt: Date;
}

export interface OfferLineTable {
  offerId: id.OfferId;
  position: number;
  productId: id.ProductId;
  quantity: number;
  termMonths: number;
  unitPriceMinor: number;
  discountBasisPoints: number;
  totalMinor: number;
  storageBytes: number;
}

export type OrderStateColumn =
  | 'acknowledged'
  | 'pending'
  | 'held'
  | 'inProgress'
  | 'completed'
  | 'failed'
  | 'cancelled';

export interface OrderTable {
  id: id.OrderId;
  number: string;
  offerId: id.OfferId;
  customerId: id.CustomerId;
  partnerId: id.PartnerId;
  teamId: id.TeamId | null;
  teamName: string | null;
  ownerEmail: EmailAddress | null;
  state: OrderStateColumn;
  reason: string | null;
  refusedText: string | null;
  releasedAt: Date | null;
  placedBy: id.AccountId | null;
  placedAt: Date;
  completedAt: Date | null;
}

export interface OrderItemTable {
  id: id.OrderItemId;
  orderId: id.OrderId;
  position: number;
  productId: id.ProductId;
  action: 'add' | 'modify' | 'delete';
  quantity: number;
  termMonths: number;
  state: OrderStateColumn;
}

export interface SubscriptionTable {
  id: id.SubscriptionId;
  teamId: id.TeamId;
  productId: id.ProductId;
  orderItemId: id.OrderItemId | null;
  quantity: number;
  startsOn: CalendarDate;
  endsOn: CalendarDate;
  graceDays: number;
  suspendedDays: number;
  state: 'active' | 'suspended' | 'terminated';
  /** The last reminder or step of which the people concerned were told. */
  notifiedStep: string | null;
  createdAt: Date;
}

export interface AllotmentTable {
  id: id.AllotmentId;
  teamId: id.TeamId;
  subscriptionId: id.SubscriptionId;
  kind: 'included' | 'bought';
  quantity: number;
  bytesEach: number;
  bytes: number;
}

export interface LicenceTable {
  id: id.LicenceId;
  teamId: id.TeamId;
  productId: id.ProductId;
  subscriptionId: id.SubscriptionId;
  number: number;
  state: Generated<'free' | 'held' | 'reserved'>;
  memberId: id.MemberId | null;
  since: Date | null;
  freedAt: Generated<Date | null>;
  usable: Generated<boolean>;
  memberState: ReadOnly<'accepted' | 'invited' | null>;
}

export interface HoldingTable {
  id: id.HoldingId;
  licenceId: id.LicenceId;
  teamId: id.TeamId;
  memberId: id.MemberId;
  givenAt: Date;
  givenBy: string | null;
  takenAt: Date | null;
  takenBy: string | null;
}

export interface LinkTable {
  id: id.LinkId;
  kind: string;
  subjectId: string;
  email: EmailAddress;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  endedAt: Date | null;
  wrongTries: Generated<number>;
}

export interface NoticeTable {
  id: id.NoticeId;
  kind: NoticeKind;
  recipient: EmailAddress;
  language: Language;
  payload: Json<Record<string, unknown>>;
  linkId: id.LinkId | null;
  subjectId: string;
  state: 'queued' | 'accepted' | 'failed' | 'bounced';
  attempts: Generated<number>;
  queuedAt: Date;
  acceptedAt: Date | null;
  nextAttemptAt: Date | null;
  lastError: string | null;
  replacedBy: id.NoticeId | null;
}

export interface MailboxMessageTable {
  noticeId: id.NoticeId;
  recipient: string;
  subject: string;
  bodyText: string;
  bodyHtml: string;
  at: Date;
}

export interface SigningKeyTable {
  kid: id.SigningKeyId;
  state: 'next' | 'current' | 'retired' | 'revoked';
  /** The 32 bytes of the Ed25519 public key. */
  publicX: Buffer;
  /** The private key, encrypted under the server's key; null once it signs no more. */
  privateBox: Buffer | null;
  madeAt: Date;
  activatedAt: Date | null;
  retiredAt: Date | null;
  endsAt: Date | null;
}

export interface LeaseTable {
  number: Generated<number>;
  id: id.LeaseId;
  accountId: id.AccountId;
  applicationId: id.ApplicationId;
  tokenId: id.TokenId;
  teamId: id.TeamId;
  memberId: id.MemberId;
  productId: id.ProductId;
  licenceId: id.LicenceId;
  jkt: string;
  proof: Buffer;
  kid: id.SigningKeyId;
  issuedAt: Date;
  expiresAt: Date;
}

export interface ReceiptTable {
  tokenId: id.TokenId;
  teamId: id.TeamId;
  productId: id.ProductId;
  revision: number;
  state: 'unlocked' | 'locked';
  at: Date;
  seenAt: Date;
}

export interface Tables {
  stream: StreamTable;
  event: EventTable;
  idempotencyKey: IdempotencyKeyTable;
  account: AccountTable;
  session: SessionTable;
  credential: CredentialTable;
  product: ProductTable;
  price: PriceTable;
  partner: PartnerTable;
  agent: AgentTable;
  staff: StaffTable;
  application: ApplicationTable;
  applicationProduct: ApplicationProductTable;
  applicationKey: ApplicationKeyTable;
  deviceRequest: DeviceRequestTable;
  deviceToken: DeviceTokenTable;
  receipt: ReceiptTable;
  signingKey: SigningKeyTable;
  lease: LeaseTable;
  customer: CustomerTable;
  customerRequest: CustomerRequestTable;
  team: TeamTable;
  teamName: TeamNameTable;
  member: MemberTable;
  offer: OfferTable;
  offerLine: OfferLineTable;
  order: OrderTable;
  orderItem: OrderItemTable;
  subscription: SubscriptionTable;
  allotment: AllotmentTable;
  licence: LicenceTable;
  holding: HoldingTable;
  link: LinkTable;
  notice: NoticeTable;
  mailboxMessage: MailboxMessageTable;
}
