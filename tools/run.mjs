// Runs a job of package.json on any Node from 18 on: brings the Node that we need, installs what the lock file names,
// builds the portal when it changed, then hands over. Depends on nothing, because nothing may be installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const NODE_VERSION = '24.21.0';
const NODE_MAJOR = 24;
const PORTAL_SOURCES = ['portal', 'sdk', 'contract', 'domain'];
const JOBS_WITH_PORTAL = ['start', 'build'];
const PROGRAMS = {
  start: 'server/main.ts',
  bench: 'bench/run.ts',
  proof: 'proof/run.ts',
  example: 'examples/sketchpad/main.ts',
};

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [job = 'start', ...jobArguments] = process.argv.slice(2);
const parent = process.ppid;

process.chdir(root);
const node = ensureNode();
const env = childEnvironment();
ensureDependencies();
if (JOBS_WITH_PORTAL.includes(job)) ensurePortal();
if (job !== 'build') runJob();

/** The Node to run everything with: this one, or one of npm's in .tools where this one is too old. */
function ensureNode() {
  if (Number.parseInt(process.versions.node, 10) >= NODE_MAJOR) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = path.join(root, '.tools', 'node_modules', name);
  if (readVersion(folder) !== NODE_VERSION) {
    console.error(
      `Namesake needs Node ${NODE_MAJOR} and this is ${process.versions.node}: fetching it into .tools, once.`,
    );
    const place = ['--prefix', '.tools', '--no-save', '--no-package-lock', '--loglevel=error'];
    npm(process.execPath, process.env, ['install', ...place, `${name}@${NODE_VERSION}`]);
  }
  return path.join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function readVersion(folder) {
  try {
    return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}

/** Ours, without what an npm of another Node told its own child, and with our programs first in the path. */
function childEnvironment() {
  const passedOn = Object.entries(process.env).filter(
    ([name]) =>
      !/^(NAMESAKE_OUTPUT_BEGUN$|npm_(package_|lifecycle_|command$|node_execpath$|config_(user_agent|.*prefix|npm_version)$))/.test(
        name,
      ),
  );
  const bins = [path.dirname(node), path.join(root, 'node_modules', '.bin')];
  return {
    ...Object.fromEntries(passedOn),
    // Whoever hands data to standard output has to know that npm's own lines stand before it.
    ...(hasNpmSpoken() ? { NAMESAKE_OUTPUT_BEGUN: '1' } : {}),
    PATH: [...bins, process.env.PATH].join(path.delimiter),
    NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'node'), // halves the time that imports take
  };
}

/** npm names the job on standard output unless it was told to be silent. */
function hasNpmSpoken() {
  return process.env.npm_lifecycle_event !== undefined && process.env.npm_config_loglevel !== 'silent';
}

function ensureDependencies() {
  const mark = path.join('node_modules', '.installed');
  const wanted = hashOf(['package-lock.json', 'package.json']);
  if (readMark(mark) === wanted) return;
  console.error('Installing what the lock file names ...');
  npm(node, env, ['ci', '--prefer-offline', '--no-audit', '--no-fund']);
  writeFileSync(mark, wanted);
}

function ensurePortal() {
  if (!existsSync('portal/vite.config.ts')) return;
  const mark = path.join('node_modules', '.portal-built');
  const wanted = hashOf(['package-lock.json', ...PORTAL_SOURCES.flatMap(listSources)]);
  if (readMark(mark) === wanted && existsSync('portal/dist/index.html')) return;
  console.error('Building the portal ...');
  const vite = path.join('node_modules', 'vite', 'bin', 'vite.js');
  orExit(spawnSync(node, [vite, 'build', 'portal', '--logLevel', 'warn'], { stdio: 'inherit', env }));
  writeFileSync(mark, wanted);
}

function listSources(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'dist' && name !== 'node_modules' && !/\.test\.tsx?$/.test(name))
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? listSources(file) : [file];
    })
    .sort();
}

function hashOf(files) {
  const hash = createHash('sha256').update(NODE_VERSION);
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function readMark(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/**
 * npm itself runs under the Node that is given: an old one would leave out packages made for the new one.
 * A registry that falls silent gets a second try, for which npm has kept what came.
 */
function npm(withNode, environment, args) {
  const own = process.env.npm_execpath;
  const [command, first] = own?.endsWith('npm-cli.js') ? [withNode, [own]] : ['npm', []];
  const shell = command === 'npm' && process.platform === 'win32';
  const install = () =>
    spawnSync(command, [...first, ...args], { stdio: ['ignore', 'inherit', 'inherit'], env: environment, shell });
  const once = install();
  if (once.status === 0) return;
  if (once.signal === null) console.error('That did not work. Once more ...');
  orExit(once.signal === null ? install() : once);
}

function orExit({ status, signal, error }) {
  if (error) console.error(error.message);
  if (status !== 0) process.exit(status ?? 128 + (constants.signals[signal] ?? 1));
}

/** Signals reach the job, its end becomes ours, and it doesn't outlive us. */
function runJob() {
  const program = PROGRAMS[job] ?? `tools/${job.replaceAll(':', '-')}.ts`;
  if (!existsSync(program)) {
    console.error(`There is no job "${job}": ${program} does not exist.`);
    process.exit(2);
  }
  if (isForsaken()) process.exit(1);
  const setpriv = '/usr/bin/setpriv';
  const leash = process.platform === 'linux' && existsSync(setpriv) ? [setpriv, '--pdeathsig', 'TERM'] : [];
  const [command, ...args] = [...leash, node, program, ...jobArguments];
  const child = spawn(command, args, { stdio: 'inherit', env });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  // At a terminal Ctrl-C reaches the job by itself.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  const watch = setInterval(() => {
    if (!isForsaken()) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 1000).unref();
  child.on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/** An npm that ends may not tell us, and then nobody waits for the job. */
function isForsaken() {
  return process.env.npm_lifecycle_event !== undefined && process.ppid !== parent;
}
