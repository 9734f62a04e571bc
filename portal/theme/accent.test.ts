import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { accentShades, mainShade } from './accent.ts';
import { darkGround } from './ground.ts';
import { contrast, hexOf, oklchOf } from './oklch.ts';

const hexColour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('accentShades', () => {
  it('keeps a colour that is readable as it is', () => assert.equal(accentShades('#1f5fbf')[mainShade], '#1f5fbf'));

  it('is readable as text and as ground, in light and in dark, whatever the vendor chooses', () => {
    fc.assert(
      fc.property(hexColour, (hex) => {
        const shades = accentShades(hex);
        assert.ok(contrast(shades[mainShade], '#ffffff') >= 4.5, 'white on the main shade');
        assert.ok(contrast(shades[mainShade], shades[0]) >= 4.5, 'main shade on the palest');
        assert.ok(contrast(shades[9], shades[1]) >= 4.5, 'light variant');
        assert.ok(contrast(shades[4], darkGround) >= 4.5, 'links in the dark');
      }),
    );
  });
});

describe('OKLCH', () => {
  it('gives back every colour that it read', () => {
    fc.assert(fc.property(hexColour, (hex) => assert.equal(hexOf(oklchOf(hex)), hex)));
  });

  it('knows the contrast of black on white', () => assert.equal(contrast('#000000', '#ffffff'), 21));
});
