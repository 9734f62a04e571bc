import type { Language } from '../../text/locale.ts';

/** What the form for a new customer starts with. */
export interface CustomerWish {
  customerNumber: string;
  name: string;
  country: string;
  language: Language;
}

interface WishFacts {
  /** What was typed into the search: a number, or a part of the name. */
  readonly typed: string;
  /** Countries of customers that this partner has already. */
  readonly countries: readonly string[];
  /** The browser's languages, for a partner without customers. */
  readonly locales: readonly string[];
  readonly languages: readonly Language[];
}

const languageOf: Readonly<Record<string, Language>> = {
  AT: 'de',
  CH: 'de',
  CZ: 'cs',
  DE: 'de',
  LI: 'de',
  LU: 'de',
  SK: 'cs',
};

/** Guesses what the agent need not type: a partner's next customer is mostly from where the others are. */
export function wishOf({ typed, countries, locales, languages }: WishFacts): CustomerWish {
  const text = typed.trim();
  const isNumber = /^\d+$/.test(text);
  const country = mostFrequent(countries) ?? regionOf(locales) ?? 'DE';
  return {
    customerNumber: isNumber ? text : '',
    name: isNumber ? '' : text,
    country,
    language: languageFor(country, languages),
  };
}

/** The language that a customer from this country gets its offer in, unless the agent says otherwise. */
export function languageFor(country: string, languages: readonly Language[]): Language {
  const spoken = languageOf[country] ?? 'en';
  return languages.includes(spoken) ? spoken : (languages[0] ?? 'en');
}

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

function regionOf(locales: readonly string[]): string | undefined {
  return locales.map((locale) => /-([A-Z]{2})\b/.exec(locale)?.[1]).find((region) => region !== undefined);
}
