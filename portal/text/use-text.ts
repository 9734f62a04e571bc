import type { I18n } from '@lingui/core';
import { i18n } from '@lingui/core';
import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import type { TextId } from './en.ts';
import type { Language } from './locale.ts';

export type TextValues = Record<string, string | number>;

/** Gives the text of an id in the language shown, with its values put in. */
export type Translate = (id: TextId, values?: TextValues) => string;

/** The texts of a part of the page; the page's own unless something around it says otherwise. */
export const TextScope = createContext<I18n>(i18n);

/** The texts in the language shown; whoever calls it renders again when the language changes. */
export function useText(): Translate {
  const texts = useContext(TextScope);
  const language = useLanguage();
  // A new function for each language, so that memoised work that depends on `t` follows the language.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the texts are a mutable state, `language` stands for it
  return useMemo(() => (id, values) => texts._(id, values), [texts, language]);
}

export function useLanguage(): Language {
  const texts = useContext(TextScope);
  const subscribe = useCallback((onChange: () => void) => texts.on('change', onChange), [texts]);
  // Only languages of the list are ever activated, see language.ts.
  return useSyncExternalStore(subscribe, () => texts.locale as Language);
}

/** For code outside components; inside them use {@link useText}. */
export function translate(id: TextId, values?: TextValues): string {
  return i18n._(id, values);
}
