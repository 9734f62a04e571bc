import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { targetOf } from './target.ts';

describe('targetOf', () => {
  for (const to of ['/', '/teams/team_1', '/device?code=ABCD-EFGH', '/l/link_1#secret']) {
    it(`goes to ${to}`, () => assert.deepEqual(targetOf({ to }), { to }));
  }

  for (const to of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    7,
    null,
  ]) {
    it(`goes nowhere for ${JSON.stringify(to)}`, () => assert.deepEqual(targetOf({ to }), {}));
  }

  it('never leaves the site', () => {
    const here = 'https://portal.example';
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.stringMatching(/^\/[\s\\/]*\w*$/)), (to) => {
        const target = targetOf({ to }).to;
        assert.ok(target === undefined || new URL(target, here).origin === here);
      }),
    );
  });
});
