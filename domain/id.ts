import { crockford } from './crockford.ts';

declare const brand: unique symbol;

/** The prefix of each kind of id: the one table, so that a new kind of row starts here. */
export const idPrefixes = {
  account: 'acc',
  customer: 'cus',
  partner: 'par',
  team: 'team',
  member: 'mem',
  product: 'prod',
  offer: 'off',
  order: 'ord',
  orderItem: 'item',
  subscription: 'sub',
  licence: 'lic',
  holding: 'hold',
  notice: 'ntc',
  link: 'link',
  application: 'app',
  customerRequest: 'req',
  deviceRequest: 'dev',
  token: 'tok',
  allotment: 'alm',
  lease: 'lease',
  signingKey: 'key',
} as const;

/** One of the prefixes in {@link idPrefixes}. */
export type IdPrefix = (typeof idPrefixes)[keyof typeof idPrefixes];

/** A TypeID (spec 0.3): prefix, underscore, 26 base32 digits of a UUIDv7, so that ids sort by the time they were made. */
export type Id<Prefix extends IdPrefix> = string & { readonly [brand]: Prefix };

export type AccountId = Id<'acc'>;
export type CustomerId = Id<'cus'>;
export type PartnerId = Id<'par'>;
export type TeamId = Id<'team'>;
export type MemberId = Id<'mem'>;
export type ProductId = Id<'prod'>;
export type OfferId = Id<'off'>;
export type OrderId = Id<'ord'>;
export type OrderItemId = Id<'item'>;
export type SubscriptionId = Id<'sub'>;
export type LicenceId = Id<'lic'>;
export type HoldingId = Id<'hold'>;
export type NoticeId = Id<'ntc'>;
export type LinkId = Id<'link'>;
export type ApplicationId = Id<'app'>;
export type CustomerRequestId = Id<'req'>;
export type DeviceRequestId = Id<'dev'>;
export type TokenId = Id<'tok'>;
export type AllotmentId = Id<'alm'>;
export type LeaseId = Id<'lease'>;
export type SigningKeyId = Id<'key'>;

const UUID_BYTES = 16;
const RANDOM_BYTES = 10;
const MAX_MILLISECONDS = 2 ** 48 - 1;

/** 26 digits hold 130 bits: the first digit stays below 8, or the value would not be 128 bits. */
const SUFFIX = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/**
 * Writes a UUID as an id of one kind.
 *
 * @param bytes The 16 bytes of the UUID, as {@link uuidV7Bytes} makes them.
 * @throws RangeError where there are not 16 bytes.
 */
export const formatId = <Prefix extends IdPrefix>(prefix: Prefix, bytes: Uint8Array): Id<Prefix> => {
  if (bytes.length !== UUID_BYTES) throw new RangeError(`An id takes ${UUID_BYTES} bytes, not ${bytes.length}`);
  // The one place that makes an Id: the form is right by construction.
  return `${prefix}_${crockford(bytes, 2)}` as Id<Prefix>;
};

/** Whether a text is an id of this kind by its form. Capital letters are refused: one thing has one spelling. */
export const isId = <Prefix extends IdPrefix>(prefix: Prefix, text: string): text is Id<Prefix> =>
  text.startsWith(`${prefix}_`) && SUFFIX.test(text.slice(prefix.length + 1));

/**
 * Makes the bytes of a UUID version 7 (RFC 9562, section 5.7).
 *
 * @param milliseconds Unix time; callers own the clock.
 * @param random At least 10 random bytes, of which 74 bits are used; callers own the source.
 * @throws RangeError where the time does not fit 48 bits or the random bytes are too few.
 */
export const uuidV7Bytes = (milliseconds: number, random: Uint8Array): Uint8Array => {
  if (!Number.isInteger(milliseconds) || milliseconds < 0 || milliseconds > MAX_MILLISECONDS) {
    throw new RangeError(`${milliseconds} is no time that fits a UUID`);
  }
  if (random.length < RANDOM_BYTES) throw new RangeError(`A UUID takes ${RANDOM_BYTES} random bytes`);
  const bytes = new Uint8Array(UUID_BYTES);
  bytes.set(random.subarray(0, RANDOM_BYTES), 6);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(milliseconds / 2 ** 32));
  view.setUint32(2, milliseconds % 2 ** 32);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  return bytes;
};
