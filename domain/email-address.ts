declare const brand: unique symbol;

/** A mailbox in the one form that Namesake compares and keeps: NFC, lower case, the domain in its ASCII form. */
export type EmailAddress = string & { readonly [brand]: 'EmailAddress' };

const MAX_ADDRESS_OCTETS = 254;
const MAX_LOCAL_OCTETS = 64;
const MAX_LABEL_LENGTH = 63;

/** RFC 5322 dot-atom with the letters of RFC 6531: no quoted form, so nothing in it can break a header. */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const ASCII_DOMAIN = /^[a-z0-9.-]+$/;
const DOMAIN_TEXT = /^[\p{L}\p{M}\p{N}.-]+$/u;
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const TOP_LABEL = /^[a-z][a-z0-9-]*[a-z0-9]$/;

const encoder = new TextEncoder();
const octets = (text: string): number => encoder.encode(text).length;

const isHostName = (domain: string): boolean => {
  const labels = domain.split('.');
  return (
    labels.length >= 2 &&
    labels.every((label) => label.length <= MAX_LABEL_LENGTH && LABEL.test(label)) &&
    TOP_LABEL.test(labels.at(-1) ?? '')
  );
};

/** The URL parser carries the IDNA rules (UTS #46), in the browser as on the server. */
const toAscii = (domain: string): string => {
  if (ASCII_DOMAIN.test(domain)) return domain;
  const address = `http://${domain}/`;
  return DOMAIN_TEXT.test(domain) && URL.canParse(address) ? new URL(address).hostname : '';
};

const parseDomain = (text: string): string | undefined => {
  const domain = toAscii(text);
  return isHostName(domain) ? domain : undefined;
};

/**
 * Reads an e-mail address as somebody typed it.
 *
 * Stricter than RFC 5322 on purpose: quoted local parts, comments, address literals and
 * single-label domains are refused, so the result is safe in a mail header as it stands.
 *
 * @returns The address in its one form (at most 254 octets), or undefined where `text` is none.
 */
export const parseEmailAddress = (text: string): EmailAddress | undefined => {
  const typed = text.trim();
  if (typed.length > MAX_ADDRESS_OCTETS) return undefined;
  const [local, domainText, ...rest] = typed.normalize('NFC').toLowerCase().normalize('NFC').split('@');
  if (local === undefined || domainText === undefined || rest.length > 0) return undefined;
  if (!LOCAL_PART.test(local) || octets(local) > MAX_LOCAL_OCTETS) return undefined;
  const domain = parseDomain(domainText);
  if (domain === undefined) return undefined;
  const address = `${local}@${domain}`;
  // The one place that makes an EmailAddress: everything that the type promises was checked above.
  return octets(address) <= MAX_ADDRESS_OCTETS ? (address as EmailAddress) : undefined;
};

/** Whether two texts name one mailbox, however they are written. A text that is no address names none. */
export const sameMailbox = (one: string, other: string): boolean => {
  const address = parseEmailAddress(one);
  return address !== undefined && address === parseEmailAddress(other);
};
