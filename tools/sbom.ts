// npm run sbom: prints the bill of materials of what is installed, for a release: npm run --silent sbom > namesake.cdx.json
import { readFileSync } from 'node:fs';
import type { LockFile } from './bill-of-materials.ts';
import { billOfMaterials } from './bill-of-materials.ts';

// npm's own file, in the form that its documentation gives.
const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as LockFile;
console.log(JSON.stringify(billOfMaterials(lock), null, 2));
