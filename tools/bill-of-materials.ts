/** A package as the lock file names it; of its members those that are needed here. */
interface LockedPackage {
  readonly name?: string;
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface LockFile {
  readonly name: string;
  readonly version: string;
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/**
 * The bill of materials of a lock file (CycloneDX 1.6): each package with its version, licence, hash and what it needs.
 *
 * The same lock file gives the same bytes: no moment, no serial number, and no word of the host that served the packages.
 */
export function billOfMaterials({ name, version, packages }: LockFile): object {
  const places = Object.keys(packages)
    .filter((place) => place !== '')
    .sort();
  const root = { type: 'application', 'bom-ref': `${name}@${version}`, name, version };
  const needs = [
    { ref: root['bom-ref'], dependsOn: neededBy('', packages) },
    ...places.map((place) => ({ ref: refOf(place, packages), dependsOn: neededBy(place, packages) })),
  ];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { ...root, licenses: [{ license: { id: 'Apache-2.0' } }] } },
    components: unique(
      places.map((place) => componentOf(place, packages)),
      (component) => component['bom-ref'],
    ),
    dependencies: unique(needs, ({ ref }) => ref),
  };
}

function componentOf(place: string, packages: LockFile['packages']) {
  const { license, integrity, dev, optional } = packages[place] ?? {};
  const { name, version } = identityOf(place, packages);
  return {
    type: 'library',
    'bom-ref': refOf(place, packages),
    name,
    version,
    scope: dev || optional ? 'optional' : 'required',
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    ...(integrity && { hashes: integrity.split(' ').map(hashOf) }),
    ...(license && { licenses: [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }] }),
    ...(dev && { properties: [{ name: 'cdx:npm:package:development', value: 'true' }] }),
  };
}

const ALGORITHMS: Readonly<Record<string, string>> = {
  sha512: 'SHA-512',
  sha384: 'SHA-384',
  sha256: 'SHA-256',
  sha1: 'SHA-1',
};

/** An entry of an `integrity` (W3C Subresource Integrity), as CycloneDX writes a hash. */
function hashOf(entry: string): { alg: string; content: string } {
  const [algorithm = '', digest = ''] = entry.split(/-(.*)/s);
  return { alg: ALGORITHMS[algorithm] ?? algorithm, content: Buffer.from(digest, 'base64').toString('hex') };
}

function identityOf(place: string, packages: LockFile['packages']): { name: string; version: string } {
  const locked = packages[place];
  return { name: locked?.name ?? (place.split('node_modules/').at(-1) || place), version: locked?.version ?? '' };
}

function refOf(place: string, packages: LockFile['packages']): string {
  const { name, version } = identityOf(place, packages);
  return `${name}@${version}`;
}

function neededBy(place: string, packages: LockFile['packages']): string[] {
  const { dependencies = {}, optionalDependencies = {} } = packages[place] ?? {};
  const found = Object.keys({ ...dependencies, ...optionalDependencies }).flatMap((name) => {
    const at = placeOf(name, place, packages);
    return at === undefined ? [] : [refOf(at, packages)];
  });
  return [...new Set(found)].sort();
}

/** Where Node.js finds a package that another one asks for: beside it, or in a folder further up. */
function placeOf(name: string, from: string, packages: LockFile['packages']): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder}${folder && '/'}node_modules/${name}`;
    if (place in packages) return place;
    if (folder === '') return undefined;
    if (!folder.includes('/node_modules/')) folder = '';
  }
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()].sort((one, other) =>
    keyOf(one) < keyOf(other) ? -1 : 1,
  );
}
