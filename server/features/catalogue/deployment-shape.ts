import { z } from 'zod';
import { language } from '../../../contract/shape.ts';
import { parseEmailAddress } from '../../../domain/email-address.ts';
import type { Currency } from '../../../domain/money.ts';
import { currencyMinorDigits, isCurrency } from '../../../domain/money.ts';
import { defaultPolicy } from '../../../domain/product.ts';
import { contrastOnWhite } from './colour-contrast.ts';

const GIBIBYTE = 1024 ** 3;
const READABLE_CONTRAST = 4.5;

const key = z
  .string()
  .regex(/^(?=.{1,64}$)[a-z0-9]+(?:-[a-z0-9]+)*$/, 'expected a key of small letters, digits and hyphens');
const name = z.string().trim().min(1).max(120);
const days = z.int().min(0).max(3650);
const termMonths = z.int().min(1).max(120);
const gibibytes = z.number().min(0).max(1_000_000);
const currency = z.custom<Currency>(
  (value) => typeof value === 'string' && isCurrency(value),
  `expected one of ${Object.keys(currencyMinorDigits).join(', ')}`,
);
const emailAddress = z.string().transform((text, context) => {
  const address = parseEmailAddress(text);
  if (address) return address;
  context.addIssue({ code: 'custom', message: 'expected an e-mail address' });
  return z.NEVER;
});

const timeZone = z.string().refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    // The only way in which Intl says that it does not know a zone.
    return false;
  }
}, 'expected a time zone such as Europe/Berlin');

const vendor = z.strictObject({
  name,
  accentColour: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'expected a colour such as #00796b')
    .refine((colour) => contrastOnWhite(colour) >= READABLE_CONTRAST, 'is too light for white text: take a darker one'),
  languages: z.array(language).min(1),
  currency,
  timeZone,
  freeStorageGiB: gibibytes.default(2),
  offerValidDays: z.int().min(1).max(365).default(30),
  invitationDays: z.int().min(1).max(90).default(14),
  signingKeyDays: z.int().min(1).max(365).default(90),
});

/** A price as people write it, such as 360 or 360.50. A number or a text: both are read digit by digit. */
const amount = z.union([z.number(), z.string()]).transform(String);

const product = z
  .strictObject({
    name,
    kind: z.enum(['namedLicence', 'storage']),
    termMonths: z.array(termMonths).min(1),
    includedStorageGiB: gibibytes.optional(),
    unitGiB: gibibytes.optional(),
    review: z.enum(['none', 'backOffice']).optional(),
    proposal: z.enum(['perCoreLicence', 'none']).optional(),
    graceDays: days.optional(),
    suspendedDays: days.optional(),
    leaseHours: z.int().min(1).max(720).optional(),
    prices: z.record(z.string(), z.record(z.string(), amount)),
  })
  .transform((written, context) => {
    const { name: productName, kind, includedStorageGiB, unitGiB, prices, ...policy } = written;
    if (kind === 'storage' && !unitGiB) context.addIssue({ code: 'custom', path: ['unitGiB'], message: 'is missing' });
    const unneeded = kind === 'storage' ? 'includedStorageGiB' : 'unitGiB';
    if (written[unneeded]) {
      context.addIssue({ code: 'custom', path: [unneeded], message: `is not for kind ${kind}` });
    }
    const defaults = defaultPolicy(kind);
    return {
      ...defaults,
      ...definedOf(policy),
      name: productName,
      kind,
      includedStorageBytes: bytesOf(includedStorageGiB) ?? defaults.includedStorageBytes,
      unitBytes: bytesOf(unitGiB) ?? 0,
      prices: readPrices(prices, written.termMonths, context),
    };
  });

/** A price of one unit for a whole term. */
export interface DeploymentPrice {
  readonly termMonths: number;
  readonly currency: Currency;
  readonly unitPriceMinor: number;
}

function readPrices(
  prices: Readonly<Record<string, Readonly<Record<string, string>>>>,
  terms: readonly number[],
  context: z.RefinementCtx,
): DeploymentPrice[] {
  return Object.entries(prices).flatMap(([code, byTerm]) => {
    const complain = (path: string[], message: string) =>
      context.addIssue({ code: 'custom', path: ['prices', code, ...path], message });
    if (!isCurrency(code)) {
      complain([], 'is not a currency that can be sold in');
      return [];
    }
    return Object.entries(byTerm).flatMap(([term, text]) => {
      if (!terms.some((one) => String(one) === term)) complain([term], 'is none of the terms in termMonths');
      const unitPriceMinor = minorOf(text, code);
      if (unitPriceMinor === undefined) complain([term], `expected a price in ${code}, such as 360 or 360.50`);
      return { termMonths: Number(term), currency: code, unitPriceMinor: unitPriceMinor ?? 0 };
    });
  });
}

/** Reads an amount digit by digit: no sum of money passes through a fraction. */
function minorOf(text: string, code: Currency): number | undefined {
  const digits = currencyMinorDigits[code];
  const [, whole, fraction = ''] = /^(\d{1,9})(?:\.(\d+))?$/.exec(text) ?? [];
  return whole === undefined || fraction.length > digits ? undefined : Number(whole + fraction.padEnd(digits, '0'));
}

function bytesOf(amountGiB: number | undefined): number | undefined {
  return amountGiB === undefined ? undefined : Math.round(amountGiB * GIBIBYTE);
}

/** Without the fields that were left out, so that they don't overwrite defaults. */
function definedOf<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Only fields that are there pass the filter.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

const partner = z.strictObject({
  name,
  currency,
  discountLimitPercent: z.number().min(0).max(100).multipleOf(0.01).default(0),
  agents: z.array(emailAddress).default([]),
});

const application = z.strictObject({ name, products: z.array(z.string()).min(1) });

/** The file of a deployment: whose it is, what is sold, by whom, and which applications ask. */
export const deploymentShape = z
  .strictObject({
    vendor,
    products: z.record(key, product),
    partners: z.record(key, partner).default({}),
    staff: z.array(emailAddress).default([]),
    applications: z.record(key, application).default({}),
  })
  .superRefine(({ products, partners, applications }, context) => {
    for (const [appKey, { products: productKeys }] of Object.entries(applications)) {
      for (const [at, productKey] of productKeys.entries()) {
        if (Object.hasOwn(products, productKey)) continue;
        context.addIssue({
          code: 'custom',
          path: ['applications', appKey, 'products', at],
          message: `names no product of this file: ${productKey}`,
        });
      }
    }
    const seen = new Set<string>();
    for (const [partnerKey, { agents }] of Object.entries(partners)) {
      for (const [at, email] of agents.entries()) {
        const path = ['partners', partnerKey, 'agents', at];
        if (seen.has(email)) context.addIssue({ code: 'custom', path, message: 'acts for a partner already' });
        seen.add(email);
      }
    }
  });

/** What a deployment's file says, with every default filled in. */
export type Deployment = z.output<typeof deploymentShape>;
export type DeploymentProduct = Deployment['products'][string];
export type DeploymentPartner = Deployment['partners'][string];
