/** How many leases one status list covers. */
export const leasesPerList = 131_072;

/** Where a lease stands in the status lists: the list's number and the index in it. */
export type StatusPlace = { readonly list: number; readonly index: number };

/** The place of a lease in the status lists, from its number. */
export const statusPlaceOf = (number: number): StatusPlace => ({
  list: Math.floor(number / leasesPerList),
  index: number % leasesPerList,
});

const EARLIEST_RENEWAL = 0.4;
const LATEST_RENEWAL = 0.7;

/**
 * The moment from which a lease wants to be renewed: between 40 and 70 % of its life, in epoch seconds.
 *
 * @param share Where between the two, from 0 to 1; a random one spreads a thousand offices that all begin at nine.
 */
export const renewalOf = (lease: { readonly issuedAt: number; readonly expiresAt: number }, share: number): number => {
  const life = lease.expiresAt - lease.issuedAt;
  return lease.issuedAt + Math.round(life * (EARLIEST_RENEWAL + (LATEST_RENEWAL - EARLIEST_RENEWAL) * share));
};

/**
 * The bits of a status list (Token Status List, one bit a token): 1 where a lease is revoked.
 *
 * The first lease is the lowest bit of the first byte.
 *
 * @param indexes Those of the revoked leases. @throws RangeError for one outside the list.
 */
export const statusBits = (indexes: Iterable<number>): Uint8Array => {
  const bytes = new Uint8Array(leasesPerList / 8);
  for (const index of indexes) {
    const byte = bytes[index >> 3];
    if (byte === undefined) throw new RangeError(`A status list has no place ${index}`);
    bytes[index >> 3] = byte | (1 << (index & 7));
  }
  return bytes;
};
