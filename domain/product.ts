import type { ProductId } from './id.ts';

/** What a product adds to a team: numbered licences for people, or room for files. */
export type ProductKind = 'namedLicence' | 'storage';

/** How one product is sold and runs out. The vendor's file of products sets it; {@link defaultPolicy} fills the rest. */
export type ProductPolicy = {
  /** The terms that may be bought, in months. */
  readonly termMonths: readonly number[];
  /** Days after the term in which it works, with a warning. */
  readonly graceDays: number;
  /** Days after the grace in which it does not work and holders are kept. */
  readonly suspendedDays: number;
  /** How long an application may work without contact. */
  readonly leaseHours: number;
  /** Storage that comes with each licence. 0 for a storage product. */
  readonly includedStorageBytes: number;
  /** Storage that one unit of a storage product adds. 0 for a named licence. */
  readonly unitBytes: number;
  /** Whether the vendor's back office looks at an order before it is processed. */
  readonly review: 'none' | 'backOffice';
  /** How the number to offer is proposed. */
  readonly proposal: 'perCoreLicence' | 'none';
};

/** A product as the rules see it; its names and texts are the vendor's data. */
export type Product = {
  readonly id: ProductId;
  readonly kind: ProductKind;
  readonly policy: ProductPolicy;
};

const GIBIBYTE = 1024 ** 3;

/** The policy of a product whose vendor says nothing else. */
export const defaultPolicy = (kind: ProductKind): ProductPolicy => ({
  termMonths: [12],
  graceDays: 30,
  suspendedDays: 90,
  leaseHours: 24,
  includedStorageBytes: kind === 'namedLicence' ? 10 * GIBIBYTE : 0,
  unitBytes: kind === 'storage' ? GIBIBYTE : 0,
  review: 'none',
  proposal: kind === 'namedLicence' ? 'perCoreLicence' : 'none',
});

/**
 * The storage that so many of a product add to their team, in bytes.
 *
 * @throws RangeError where the bytes are no safe integer.
 */
export const storageBytesOf = ({ kind, policy }: Pick<Product, 'kind' | 'policy'>, quantity: number): number => {
  const bytes = quantity * (kind === 'storage' ? policy.unitBytes : policy.includedStorageBytes);
  if (!Number.isSafeInteger(bytes)) throw new RangeError(`${quantity} units are more storage than can be counted`);
  return bytes;
};
