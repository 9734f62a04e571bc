import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** A browser to run; without a path it is the one that Playwright keeps for itself. */
export interface Browser {
  readonly executablePath?: string;
  readonly env: Readonly<Record<string, string>>;
}

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const require = createRequire(import.meta.url);

/** Finds the browser: the one that CHROMIUM_PATH names, the system's, or the one that npm brought. */
export function findBrowser(): Browser {
  const system = [process.env.CHROMIUM_PATH, ...SYSTEM_BROWSERS].find((file) => file && existsSync(file));
  if (system) return { executablePath: system, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return unpackedBrowser();
  return { env: {} };
}

/** Unpacks npm's Chromium once; a version of its own has a folder of its own. */
function unpackedBrowser(): Browser {
  const packed = path.resolve(path.dirname(require.resolve('@sparticuz/chromium')), '..');
  const { version } = JSON.parse(readFileSync(path.join(packed, 'package.json'), 'utf8')) as { version: string };
  const folder = path.resolve(import.meta.dirname, '../../node_modules/.cache', `chromium-${version}`);
  if (!existsSync(folder)) unpack(path.join(packed, 'bin'), folder);
  return {
    executablePath: path.join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: path.join(folder, 'lib'), ...fontsOf(folder) },
  };
}

/** Unpacks aside and renames, so that a folder that is there is there whole. */
function unpack(packed: string, folder: string): void {
  const aside = `${folder}.${process.pid}`;
  mkdirSync(aside, { recursive: true });
  writeFileSync(path.join(aside, 'chromium'), inflate(packed, 'chromium.br'), { mode: 0o755 });
  for (const name of ['al2023.tar.br', 'fonts.tar.br']) {
    execFileSync('tar', ['xf', '-', '-C', aside], { input: inflate(packed, name) });
  }
  try {
    renameSync(aside, folder);
  } catch (error) {
    rmSync(aside, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}

function inflate(folder: string, name: string): Buffer {
  return brotliDecompressSync(readFileSync(path.join(folder, name)));
}

/** A machine without fonts would show boxes for letters: it gets those that came along. */
function fontsOf(folder: string): Record<string, string> {
  if (existsSync('/etc/fonts/fonts.conf')) return {};
  const file = path.join(folder, 'here.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>
`,
  );
  return { FONTCONFIG_FILE: file };
}
