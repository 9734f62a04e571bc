import { readFileSync, writeFileSync } from 'node:fs';
import { endpoints } from '../contract/endpoints.ts';
import { openApiDocument } from '../server/platform/http/openapi.ts';

const FILE = new URL('../openapi.json', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const text = `${JSON.stringify(openApiDocument(endpoints, version), null, 2)}\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(FILE, 'utf8') !== text) {
    process.stderr.write('openapi.json is not what the contract says: run npm run openapi\n');
    process.exit(1);
  }
} else {
  writeFileSync(FILE, text);
}
