import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id } from './shape.ts';

export const productKind = z.enum(['namedLicence', 'storage']);

export const product = z
  .object({
    id: id('prod'),
    key: z.string(),
    name: z.string(),
    kind: productKind,
    termMonths: z.array(z.int()),
    graceDays: z.int(),
    suspendedDays: z.int(),
    leaseHours: z.int(),
    /** Bytes of storage that each licence brings; 0 for none. */
    includedStorageBytes: z.int(),
    /** Bytes of one unit of a storage product; 0 for others. */
    unitBytes: z.int(),
    review: z.enum(['none', 'backOffice']),
    proposal: z.enum(['perCoreLicence', 'none']),
    retired: z.boolean(),
  })
  .meta({ id: 'Product' });
export type Product = z.infer<typeof product>;

/** The price of one unit for a whole term. */
export const price = z
  .object({
    productId: id('prod'),
    termMonths: z.int(),
    currency: z.string().length(3),
    unitPriceMinor: z.int(),
  })
  .meta({ id: 'Price' });
export type Price = z.infer<typeof price>;

export const partner = z
  .object({
    id: id('par'),
    key: z.string(),
    name: z.string(),
    currency: z.string(),
    discountLimitBasisPoints: z.int(),
    agents: z.array(z.string()),
    retired: z.boolean(),
  })
  .meta({ id: 'Partner' });

export const application = z
  .object({
    id: id('app'),
    key: z.string(),
    name: z.string(),
    productKeys: z.array(z.string()),
  })
  .meta({ id: 'Application' });

export const catalogueEndpoints = {
  getPriceList: endpoint({
    method: 'GET',
    path: '/v1/price-list',
    tag: 'Catalogue',
    summary: 'The products and prices that the calling agent may offer',
    access: 'session',
    response: z.object({
      products: z.array(product),
      prices: z.array(price),
      currency: z.string(),
      discountLimitBasisPoints: z.int(),
      freeStorageBytes: z.int(),
      offerValidDays: z.int(),
    }),
    codes: ['forbidden'],
  }),
  getCatalogue: endpoint({
    method: 'GET',
    path: '/v1/catalogue',
    tag: 'Catalogue',
    summary: 'All products, prices, partners and applications, for vendor staff',
    access: 'session',
    response: z.object({
      products: z.array(product),
      prices: z.array(price),
      partners: z.array(partner),
      applications: z.array(application),
      source: z.string(),
    }),
    codes: ['forbidden'],
  }),
};
