import { useMemo } from 'react';
import type { Format } from './format.ts';
import { makeFormat } from './format.ts';
import { localeOf } from './locale.ts';
import { useLanguage } from './use-text.ts';

/** Formats for numbers, money, dates and sizes as the reader's browser and language want them. */
export function useFormat(): Format {
  const language = useLanguage();
  return useMemo(() => makeFormat(localeOf(language, navigator.languages)), [language]);
}
