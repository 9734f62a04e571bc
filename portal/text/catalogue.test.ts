import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { cs } from './cs.ts';
import { de } from './de.ts';
import type { Translation } from './en.ts';
import { en } from './en.ts';

const catalogues: Record<string, Translation> = { en, de, cs };

/** The names of the values that a message takes, wherever they stand in it. */
function valuesOf(message: string): string[] {
  const names = new Set<string>();
  const walk = (tokens: unknown): void => {
    if (!Array.isArray(tokens)) return;
    for (const token of tokens) {
      if (!Array.isArray(token)) continue;
      const [name, , choices] = token;
      if (typeof name === 'string') names.add(name);
      if (choices && typeof choices === 'object') Object.values(choices).forEach(walk);
    }
  };
  walk(compileMessage(message));
  return [...names].sort();
}

for (const [language, texts] of Object.entries(catalogues)) {
  describe(`catalogue ${language}`, () => {
    it('has only texts that say something and parse', () => {
      for (const [id, text] of Object.entries(texts)) {
        assert.ok(text.trim(), id);
        assert.doesNotThrow(() => compileMessage(text), id);
      }
    });

    it('takes the same values as English', () => {
      for (const [id, text] of Object.entries(texts)) {
        // The keys of a translation are among those of English, which its type says and Object.entries forgets.
        assert.deepEqual(valuesOf(text), valuesOf(en[id as keyof typeof en]), id);
      }
    });
  });
}
