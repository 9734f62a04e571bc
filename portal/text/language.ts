import type { I18n } from '@lingui/core';
import { i18n, setupI18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Translation } from './en.ts';
import { en } from './en.ts';
import type { Language } from './locale.ts';
import { languages, localeOf, preferredLanguage } from './locale.ts';

const storageKey = 'namesake.language';

const translations: Record<Language, () => Promise<Translation>> = {
  en: () => Promise.resolve({}),
  de: () => import('./de.ts').then((module) => module.de),
  cs: () => import('./cs.ts').then((module) => module.cs),
};

i18n.setMessagesCompiler(compileMessage);

/** The language chosen in this browser before, else the first that the browser asks for and we have. */
export function initialLanguage(): Language {
  const kept = localStorage.getItem(storageKey);
  return languages.find((language) => language === kept) ?? preferredLanguage(navigator.languages);
}

/** Loads a language and shows it everywhere at once. */
export async function showLanguage(language: Language): Promise<void> {
  await activate(i18n, language);
  document.documentElement.lang = language;
}

/** Texts in a language beside the page's own, for what somebody else will read. */
export async function textsIn(language: Language): Promise<I18n> {
  const texts = setupI18n();
  texts.setMessagesCompiler(compileMessage);
  await activate(texts, language);
  return texts;
}

async function activate(texts: I18n, language: Language): Promise<void> {
  const translation = await translations[language]();
  texts.load(language, { ...en, ...translation });
  texts.activate(language, [localeOf(language, navigator.languages)]);
}

/** Shows a language and keeps the choice in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language);
  await showLanguage(language);
}
