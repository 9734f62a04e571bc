import { useEffect } from 'react';
import type { OpenedLink } from '../../../contract/link.ts';
import { showLanguage } from '../../text/language.ts';
import type { Language } from '../../text/locale.ts';
import { languages } from '../../text/locale.ts';
import { useLanguage } from '../../text/use-text.ts';

const prefix = 'namesake.linkLanguage.';

/** Shows a link's page in the language of what it is about, or in the one that its reader chose in this tab. */
export async function showLinkLanguage(linkId: string, opened: OpenedLink): Promise<void> {
  const kept = sessionStorage.getItem(prefix + linkId);
  const chosen = languages.find((language) => language === kept);
  const own = 'language' in opened ? opened.language : undefined;
  const language = chosen ?? own;
  if (language) await showLanguage(language);
}

/** Keeps the language that the page shows once the link is open, so that a reload does not undo the reader's choice. */
export function useKeptLanguage(linkId: string, isOpen: boolean): void {
  const language: Language = useLanguage();
  useEffect(() => {
    if (isOpen) sessionStorage.setItem(prefix + linkId, language);
  }, [linkId, isOpen, language]);
}
