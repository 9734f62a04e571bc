import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

/** What the product's own code does without, by what it would look like. */
const absent: Readonly<Record<string, RegExp>> = {
  'text that is run as code': /\beval\(|new Function\(|\bimport\(`|from 'node:vm'/,
  'text that becomes HTML': /dangerouslySetInnerHTML|\.(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write/,
  'commands put together for a shell': /\bshell: true|import \{[^}]*\bexec(?:Sync)?\b[^}]*\} from 'node:child_process'/,
  'ciphers and hashes that are broken': /['"](?:md5|sha1|rc4|des|aes-\d+-(?:ecb|cbc))['"]/i,
  'connections that take any certificate': /rejectUnauthorized: false|NODE_TLS_REJECT_UNAUTHORIZED['"\]]*\s*=(?!=)/,
  'messages between windows, and sockets beside HTTP': /\bpostMessage\(|addEventListener\('message'|new WebSocket\(/,
  'cookies that scripts read': /document\.cookie/,
  'calls to addresses that come from outside':
    /\bfetch\(|from 'undici'|import \{[^}]*\b(?:request|get)\b[^}]*\} from 'node:https?'/,
};

/** Programs on the person's own machine ask the server that they were told of. */
const fetching = ['portal/', 'sdk/', 'contract/'];

const sources = globSync('{server,domain,contract,sdk,portal}/**/*.{ts,tsx}').filter(
  (file) => !/\.test\.ts$|\/tests\/|\/dist\/|node_modules|^server\/demo\//.test(file),
);

describe('the code', () => {
  it('is looked at whole', () => assert.ok(sources.length > 400, `${sources.length} files`));

  for (const [what, pattern] of Object.entries(absent)) {
    it(`has no ${what}`, () => {
      const mayFetch = what.startsWith('calls to') ? fetching : [];
      const found = sources
        .filter((file) => !mayFetch.some((folder) => file.startsWith(folder)))
        .filter((file) => pattern.test(withoutWords(readFileSync(file, 'utf8'))));
      assert.deepEqual(found, []);
    });
  }

  it('writes SQL with its values beside it, never within', () => {
    // Within stand constants of the code alone, and the name that PostgreSQL itself gave a snapshot.
    const spliced = /sql\.raw\((?!`|[A-Z_]+\))|\.query\(\s*`(?!set transaction snapshot)[^`]*\$\{(?![A-Z_]+\})/;
    const found = sources
      .filter((file) => file.startsWith('server/') && !file.startsWith('server/db/'))
      .filter((file) => spliced.test(readFileSync(file, 'utf8')));
    assert.deepEqual(found, []);
  });

  it('draws its secrets from the system’s own chance', () => {
    const secret = /server\/features\/(account|link|device|signing-key|catalogue)\//;
    const found = sources.filter((file) => secret.test(file) && /Math\.random/.test(readFileSync(file, 'utf8')));
    assert.deepEqual(found, []);
  });
});

/** The code without its comments. */
function withoutWords(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
