import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { state as texts } from '../text/en/state.ts';
import { contrast } from '../theme/oklch.ts';
import { stateTones } from './state-tone.ts';

describe('states', () => {
  it('have a text each, and no text is left without its state', () => {
    const ids = Object.entries(stateTones).flatMap(([kind, tones]) =>
      Object.keys(tones).map((name) => `state.${kind}.${name}`),
    );
    assert.deepEqual(Object.keys(texts).sort(), ids.sort());
  });
});

describe('tones', async () => {
  const css = await readFile(new URL('../theme/global.css', import.meta.url), 'utf8');
  const pairs = [...css.matchAll(/--tone-(\w+): (#\w{6});\s+--tone-\1-ground: (#\w{6});/g)];

  it('come in light and dark', () => assert.equal(pairs.length, 10));

  for (const [, tone, text = '', ground = ''] of pairs) {
    it(`${tone} reads well: ${text} on ${ground}`, () => assert.ok(contrast(text, ground) >= 4.5));
  }
});
