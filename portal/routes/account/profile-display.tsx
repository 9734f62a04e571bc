import { Select, SimpleGrid, useMantineColorScheme } from '@mantine/core';
import { colourSchemes } from '../../components/colour-scheme-choice.tsx';
import { useLanguageChoice } from '../../components/language-choice.tsx';
import { Panel } from '../../components/panel.tsx';
import { languageNames } from '../../text/locale.ts';
import { useText } from '../../text/use-text.ts';

/** How the portal looks and speaks. */
export function ProfileDisplay() {
  const t = useText();
  const { language, languages, choose } = useLanguageChoice();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Panel title={t('account.profile.display')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label={t('shell.language')}
          description={t('account.profile.languageHint')}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
          value={language}
          onChange={(value) => value && choose(value)}
          allowDeselect={false}
        />
        <Select
          label={t('shell.colourScheme')}
          description={t('account.profile.displayHint')}
          data={colourSchemes.map((value) => ({ value, label: t(`shell.colourScheme.${value}`) }))}
          value={colorScheme}
          onChange={(value) => value && setColorScheme(value)}
          allowDeselect={false}
        />
      </SimpleGrid>
    </Panel>
  );
}
