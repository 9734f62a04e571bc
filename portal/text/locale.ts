export const languages = ['en', 'de', 'cs'] as const;

export type Language = (typeof languages)[number];

/** Each language in its own words, so that whoever can't read the current one finds theirs. */
export const languageNames: Record<Language, string> = { en: 'English', de: 'Deutsch', cs: 'Čeština' };

const defaultLocales: Record<Language, string> = { en: 'en-GB', de: 'de-DE', cs: 'cs-CZ' };

/** The first wish that we have a language for; English when there is none. */
export function preferredLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const language = languages.find((known) => isOfLanguage(wish, known));
    if (language) return language;
  }
  return 'en';
}

/**
 * The locale that numbers, dates and currency follow.
 *
 * A browser that asks for `de-AT` gets Austrian formats; `de` alone and no wish at all give the default of the language.
 */
export function localeOf(language: Language, wishes: readonly string[]): string {
  return wishes.find((wish) => isRegional(wish) && isOfLanguage(wish, language)) ?? defaultLocales[language];
}

/** Some systems hand their browser a name like `en-US@posix` that no formatter takes. */
function isRegional(locale: string): boolean {
  return /^[a-z]{2,3}(-[a-z]{4})?-([a-z]{2}|\d{3})$/i.test(locale);
}

function isOfLanguage(locale: string, language: Language): boolean {
  return locale.toLowerCase().split('-')[0] === language;
}
