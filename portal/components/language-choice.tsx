import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { useDeployment } from '../data/deployment.ts';
import { useMe } from '../data/me.ts';
import { useChangeMe } from '../data/sign-in.ts';
import { chooseLanguage } from '../text/language.ts';
import type { Language } from '../text/locale.ts';
import { languageNames } from '../text/locale.ts';
import { useLanguage, useText } from '../text/use-text.ts';

/** Chooses a language for this browser, and for the mails of whoever is signed in. */
export function useLanguageChoice(): {
  language: Language;
  languages: readonly Language[];
  choose: (language: Language) => void;
} {
  const language = useLanguage();
  const { languages } = useDeployment();
  const me = useMe();
  const change = useChangeMe();
  const choose = (next: Language) => {
    void chooseLanguage(next);
    if (me) change.start({ language: next });
  };
  return { language, languages, choose };
}

export function LanguageChoice() {
  const t = useText();
  const { language, languages, choose } = useLanguageChoice();
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Tooltip label={t('shell.language')} withinPortal={false}>
        <Menu.Target>
          <ActionIcon size="lg" aria-label={`${t('shell.language')}: ${languageNames[language]}`}>
            <IconLanguage size={19} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        {languages.map((each) => (
          <Menu.Item
            key={each}
            lang={each}
            onClick={() => choose(each)}
            rightSection={each === language && <IconCheck size={16} aria-hidden />}
          >
            {languageNames[each]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
