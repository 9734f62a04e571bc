import type { AccessReason } from '../../../../contract/access.ts';
import type { Language } from '../../../../contract/shape.ts';
import { cs } from './cs.ts';
import { de } from './de.ts';
import { administration, en } from './en.ts';
import type { ReasonCatalogue } from './reason-catalogue.ts';

const catalogues: Readonly<Record<Language, ReasonCatalogue>> = { en, de, cs };

/**
 * The texts of a reason in the form of AuthZEN 1.0 section 5.5.2: for the person by language, and for whoever runs team or
 * application in English.
 */
export function reasonTexts(reason: AccessReason): {
  reason_user?: Record<string, string>;
  reason_admin?: Record<string, string>;
} {
  if (reason === 'held') return {};
  const users = Object.entries(catalogues).map(([language, catalogue]) => [language, catalogue[reason]]);
  return { reason_user: Object.fromEntries(users), reason_admin: { en: administration[reason] } };
}
