import { i18n } from '@lingui/core';
import { useMemo, useSyncExternalStore } from 'react';
import type { TextId } from './en.ts';
import type { Language } from './locale.ts';

export type TextValues = Record<string, string | number>;

/** Gives the text of an id in the language shown, with its values put in. */
export type Translate = (id: TextId, values?: TextValues) => string;

/** The texts in the language shown; whoever calls it renders again when the language changes. */
export function useText(): Translate {
  const language = useLanguage();
  // A new function for each language, so that memoised work that depends on `t` follows the language.
  // biome-ignore lint/correctness/useExhaustiveDependencies: i18n is a module's state, `language` stands for it
  return useMemo(() => (id, values) => translate(id, values), [language]);
}

export function useLanguage(): Language {
  // Only languages of the list are ever activated, see language.ts.
  return useSyncExternalStore(subscribe, () => i18n.locale as Language);
}

/** For code outside components; inside them use {@link useText}. */
export function translate(id: TextId, values?: TextValues): string {
  return i18n._(id, values);
}

function subscribe(onChange: () => void): () => void {
  return i18n.on('change', onChange);
}
