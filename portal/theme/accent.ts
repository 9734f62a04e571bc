import type { Oklch } from './oklch.ts';
import { contrast, hexOf, oklchOf } from './oklch.ts';

/** Ten shades from almost white to dark, as Mantine wants them. */
export type Shades = readonly [string, string, string, string, string, string, string, string, string, string];

/** Index of the shade that buttons, links and icons use. */
export const mainShade = 8;

const mainContrast = 5.6;
const lightnesses = [0.978, 0.95, 0.905, 0.85, 0.79, 0.73, 0.67] as const;
const tints = [0.12, 0.22, 0.4, 0.6, 0.8, 0.95, 1] as const;

/**
 * Makes the shades of one colour.
 *
 * The colour itself is shade 8, darkened where white text on it, or itself as text on a pale ground, would be hard to read:
 * a vendor may name any colour and the portal stays readable in light and dark.
 *
 * @param hex `#rrggbb`
 */
export function accentShades(hex: string): Shades {
  const main = readable(oklchOf(hex));
  const pale = lightnesses.map((lightness, index) =>
    hexOf({ ...main, lightness, chroma: main.chroma * (tints[index] ?? 1) }),
  );
  const between = hexOf({ ...main, lightness: (0.67 + main.lightness) / 2 });
  const dark = hexOf({ ...main, lightness: main.lightness * 0.82 });
  // Seven pale shades and three dark ones make the tuple's ten.
  return [...pale, between, hexOf(main), dark] as unknown as Shades;
}

function readable(colour: Oklch): Oklch {
  let { lightness } = colour;
  while (lightness > 0 && contrast(hexOf({ ...colour, lightness }), '#ffffff') < mainContrast) lightness -= 0.005;
  return { ...colour, lightness };
}
