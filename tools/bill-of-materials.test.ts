import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { LockFile } from './bill-of-materials.ts';
import { billOfMaterials } from './bill-of-materials.ts';

interface Bill {
  readonly components: readonly Record<string, unknown>[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const billOf = (lock: LockFile) => billOfMaterials(lock) as Bill;

describe('the bill of materials', () => {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as LockFile;

  it('names every package of the lock file with its hash and licence', () => {
    const { components } = billOf(lock);
    const locked = Object.entries(lock.packages).filter(([place]) => place !== '');
    const refs = new Set(components.map((component) => component['bom-ref']));
    for (const [place, { name, version }] of locked) {
      assert.ok(refs.has(`${name ?? place.split('node_modules/').at(-1)}@${version}`), place);
    }
    const bare = components.filter(({ hashes, licenses }) => !(hashes && licenses)).map(({ name }) => name);
    assert.deepEqual(bare, []);
  });

  it('is the same each time and names no host, no moment and no folder', () => {
    const text = JSON.stringify(billOf(lock));
    assert.equal(text, JSON.stringify(billOf(structuredClone(lock))));
    assert.doesNotMatch(text, /https?:|registry|timestamp|serialNumber|node_modules/);
  });

  it('leads to nothing that it does not name', () => {
    const { components, dependencies } = billOf(lock);
    const refs = new Set(components.map((component) => component['bom-ref']));
    for (const { dependsOn } of dependencies) for (const ref of dependsOn) assert.ok(refs.has(ref), ref);
  });

  it('knows which of two versions a package uses', () => {
    const packages = {
      '': { dependencies: { one: '1', two: '1' } },
      'node_modules/one': { version: '1.0.0', dependencies: { two: '2' } },
      'node_modules/one/node_modules/two': { version: '2.0.0', dependencies: { three: '1' } },
      'node_modules/two': { version: '1.0.0' },
      'node_modules/@a/three': { name: 'three', version: '1.0.0' },
      'node_modules/three': { version: '3.0.0', integrity: 'sha512-AAEC', license: 'MIT' },
    };
    const { components, dependencies } = billOf({ name: 'own', version: '0', packages });
    const needs = Object.fromEntries(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
    assert.deepEqual(needs['own@0'], ['one@1.0.0', 'two@1.0.0']);
    assert.deepEqual(needs['one@1.0.0'], ['two@2.0.0']);
    assert.deepEqual(needs['two@2.0.0'], ['three@3.0.0']);
    const three = components.find((component) => component['bom-ref'] === 'three@3.0.0');
    assert.deepEqual(three?.hashes, [{ alg: 'SHA-512', content: '000102' }]);
  });
});
