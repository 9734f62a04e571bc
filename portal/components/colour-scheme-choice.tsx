import type { MantineColorScheme } from '@mantine/core';
import { ActionIcon, localStorageColorSchemeManager, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import type { IconProps } from '@tabler/icons-react';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useText } from '../text/use-text.ts';

export const colourSchemes = ['light', 'dark', 'auto'] as const satisfies readonly MantineColorScheme[];

/** The key is the one that public/colour-scheme.js reads before the first paint. */
export const colourSchemeManager = localStorageColorSchemeManager({ key: 'namesake.colourScheme' });

const icons: Record<MantineColorScheme, ComponentType<IconProps>> = {
  light: IconSun,
  dark: IconMoon,
  auto: IconDeviceDesktop,
};

export function ColourSchemeChoice() {
  const t = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Current = icons[colorScheme];
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Tooltip label={t('shell.colourScheme')} withinPortal={false}>
        <Menu.Target>
          <ActionIcon size="lg" aria-label={`${t('shell.colourScheme')}: ${t(`shell.colourScheme.${colorScheme}`)}`}>
            <Current size={19} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        {colourSchemes.map((scheme) => {
          const Sign = icons[scheme];
          return (
            <Menu.Item
              key={scheme}
              onClick={() => setColorScheme(scheme)}
              leftSection={<Sign size={16} aria-hidden />}
              rightSection={scheme === colorScheme && <IconCheck size={16} aria-hidden />}
            >
              {t(`shell.colourScheme.${scheme}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
