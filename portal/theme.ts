import type { CSSVariablesResolver, MantineColorsTuple, MantineThemeOverride } from '@mantine/core';
import { alpha, createTheme } from '@mantine/core';
import type { Shades } from './theme/accent.ts';
import { accentShades, mainShade } from './theme/accent.ts';
import { dark, gray, ink } from './theme/ground.ts';

const fontFamily =
  'system-ui, -apple-system, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';

/** The look of the portal in the accent colour of the deployment, `#rrggbb`. */
export function portalTheme(accentColour: string): MantineThemeOverride {
  return createTheme({
    colors: {
      accent: tuple(accentShades(accentColour)),
      gray: tuple(gray),
      dark: tuple(dark),
      red: tuple(accentShades('#c22f36')),
      green: tuple(accentShades('#1f7a4a')),
      yellow: tuple(accentShades('#946200')),
      blue: tuple(accentShades('#2a66b1')),
    },
    primaryColor: 'accent',
    primaryShade: mainShade,
    autoContrast: true,
    black: ink,
    fontFamily,
    fontFamilyMonospace: 'ui-monospace, SFMono-Regular, "Cascadia Mono", Menlo, Consolas, monospace',
    fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
    headings: {
      fontFamily,
      fontWeight: '650',
      textWrap: 'balance',
      sizes: {
        h1: { fontSize: '1.5rem', lineHeight: '1.25' },
        h2: { fontSize: '1.1875rem', lineHeight: '1.35' },
        h3: { fontSize: '1rem', lineHeight: '1.4' },
        h4: { fontSize: '0.9375rem', lineHeight: '1.4' },
      },
    },
    defaultRadius: 'md',
    radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
    cursorType: 'pointer',
    respectReducedMotion: true,
    components: {
      Button: { defaultProps: { size: 'sm' } },
      ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
      Card: { defaultProps: { withBorder: true, padding: 'lg', radius: 'lg' } },
      Paper: { defaultProps: { radius: 'lg' } },
      Table: { defaultProps: { verticalSpacing: 8, horizontalSpacing: 'lg', highlightOnHover: true } },
      Tooltip: { defaultProps: { openDelay: 250, withArrow: true, multiline: true, maw: 320 } },
      Modal: {
        defaultProps: {
          centered: true,
          radius: 'lg',
          transitionProps: { duration: 120 },
          // A dialogue's title bar is no banner of the page.
          attributes: { header: { role: 'presentation' } },
        },
        styles: { title: { fontWeight: 650 } },
      },
      // Mantine's placeholder for the first focus is no child that a menu may have.
      Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 }, withInitialFocusPlaceholder: false } },
      Notification: { defaultProps: { withBorder: true } },
      Loader: { defaultProps: { size: 'sm' } },
    },
  });
}

const veiled = ['accent', 'red', 'green', 'yellow', 'blue', 'gray'] as const;

/** The scheme's own grounds, and the colours that Mantine leaves too pale or too heavy. */
export const portalVariables: CSSVariablesResolver = (theme) => ({
  variables: {},
  light: {
    '--mantine-color-error': 'var(--mantine-color-red-8)',
    '--mantine-color-success': 'var(--mantine-color-green-8)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-6)',
    '--mantine-color-default-border': 'var(--mantine-color-gray-3)',
    '--mantine-color-disabled-color': 'var(--mantine-color-gray-6)',
    '--namesake-canvas': 'var(--mantine-color-gray-0)',
    '--namesake-line': 'var(--mantine-color-gray-2)',
  },
  dark: {
    ...Object.assign({}, ...veiled.map((name) => veil(name, theme.colors[name]))),
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--mantine-color-success': 'var(--mantine-color-green-4)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-2)',
    '--mantine-color-disabled-color': 'var(--mantine-color-dark-2)',
    '--namesake-canvas': 'var(--mantine-color-dark-8)',
    '--namesake-line': 'var(--mantine-color-dark-5)',
  },
});

/** In the dark the light variant is a veil of its colour, so that it belongs to whatever ground it lies on. */
function veil(name: string, shades: MantineColorsTuple | undefined): Record<string, string> {
  const [, , text = '', , , ground = ''] = shades ?? [];
  return {
    [`--mantine-color-${name}-light`]: alpha(ground, 0.18),
    [`--mantine-color-${name}-light-hover`]: alpha(ground, 0.26),
    [`--mantine-color-${name}-light-color`]: text,
  };
}

function tuple(shades: Shades): MantineColorsTuple {
  return shades;
}
