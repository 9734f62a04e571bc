import type { Shades } from './accent.ts';

/** Cool greys for grounds, borders and quiet text; shade 6 is readable as text on white. */
export const gray: Shades = [
  '#f7f8fa',
  '#eff1f4',
  '#e4e7ec',
  '#d5d9e0',
  '#bcc3ce',
  '#8e97a6',
  '#586172',
  '#434b59',
  '#2f3642',
  '#1a1f28',
];

/** Greys of the dark scheme, from text (0) to the page's ground (8). */
export const dark: Shades = [
  '#dfe3e9',
  '#c0c6d0',
  '#a3abb9',
  '#717a8a',
  '#3d4552',
  '#313844',
  '#272d37',
  '#1d222b',
  '#15191f',
  '#0f1216',
];

export const ink = '#1a1f28';

/** The lightest ground that text of the dark scheme stands on. */
export const darkGround = '#272d37';
