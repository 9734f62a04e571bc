import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

/** Stands in for npm and for vite: notes that it was called, and leaves what the real one would. */
const NPM = `
  import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
  appendFileSync('calls', 'npm ' + process.argv[2] + '\\n');
  rmSync('node_modules', { recursive: true, force: true });
  mkdirSync('node_modules/vite/bin', { recursive: true });
  writeFileSync('node_modules/vite/bin/vite.js', ${JSON.stringify(`
    const fs = require('node:fs');
    fs.appendFileSync('calls', 'vite\\n');
    fs.mkdirSync('portal/dist', { recursive: true });
    fs.writeFileSync('portal/dist/index.html', '');
  `)});
`;

let project: string;
beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), 'namesake-run-'));
  cpSync(path.join(import.meta.dirname, 'run.mjs'), path.join(project, 'tools', 'run.mjs'));
  write('npm/package.json', '{ "type": "module" }');
  write('npm/npm-cli.js', NPM);
  write('package.json', '{ "type": "module" }');
  write('package-lock.json', '{}');
  write('server/main.ts', `console.log('started', ...process.argv.slice(2)); process.exit(7);`);
  write(
    'tools/wait.ts',
    `process.on('SIGTERM', () => process.exit(3)); setInterval(() => {}, 1000); console.log('up');`,
  );
  write('tools/echo.ts', `console.log('echo');`);
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

describe('the runner of jobs', () => {
  it('hands arguments to the job and its exit code back', async () => {
    const { code, output } = await runJob('start', '--fresh');

    assert.equal(code, 7);
    assert.equal(output, 'started --fresh\n');
  });

  it('installs when the lock file is new, and not again', async () => {
    await runJob('echo');
    await runJob('echo');
    write('package-lock.json', '{ "changed": true }');
    await runJob('echo');

    assert.deepEqual(calls(), ['npm ci', 'npm ci']);
  });

  it('builds the portal when a source changed, and only for those who need it', async () => {
    write('portal/vite.config.ts', '');
    await runJob('echo');
    await runJob('start');
    await runJob('start');
    write('domain/money.test.ts', 'a test is no part of the portal');
    await runJob('start');
    write('domain/money.ts', 'changed');
    await runJob('start');
    rmSync(path.join(project, 'portal/dist'), { recursive: true });
    await runJob('build');

    assert.deepEqual(calls(), ['npm ci', 'vite', 'vite', 'vite']);
  });

  it('passes a signal on and waits for the job to end by it', async () => {
    const { child, ended } = startJob(['wait']);
    await once(child.stdout ?? child, 'data');
    child.kill('SIGTERM');

    assert.equal((await ended).code, 3);
  });

  it('does not leave the job behind when it is killed', { skip: process.platform !== 'linux' }, async () => {
    write(
      'tools/wait.ts',
      `import { writeFileSync } from 'node:fs';
       process.on('SIGTERM', () => { writeFileSync('ended', ''); process.exit(); });
       setInterval(() => {}, 1000); console.log('up');`,
    );
    const { child, ended } = startJob(['wait']);
    await once(child.stdout ?? child, 'data');
    child.kill('SIGKILL');
    await ended; // the job holds the same pipe, so this waits for both

    assert.ok(existsSync(path.join(project, 'ended')));
  });

  it('ends the job when the npm that asked for it is gone', { skip: process.platform === 'win32' }, async () => {
    await runJob('echo');
    write(
      'npm/run-script.js',
      `import { spawn } from 'node:child_process';
       const env = { ...process.env, npm_lifecycle_event: 'wait' };
       spawn(process.execPath, ['tools/run.mjs', 'wait'], { stdio: 'inherit', env });`,
    );
    const npm = spawn(process.execPath, ['npm/run-script.js'], { cwd: project, stdio: ['ignore', 'pipe', 'ignore'] });
    const closed = once(npm, 'close');
    await once(npm.stdout, 'data');
    npm.kill('SIGKILL');
    await closed; // the job holds the same pipe
  });

  it('tells the job that npm has written to standard output, unless it was silent', async () => {
    write('tools/echo.ts', `console.log(process.env.NAMESAKE_OUTPUT_BEGUN);`);
    const by = async (env: Record<string, string>) => (await startJob(['echo'], env).ended).output.trim();

    assert.equal(await by({ NAMESAKE_OUTPUT_BEGUN: '1' }), 'undefined');
    assert.equal(await by({ npm_lifecycle_event: 'echo' }), '1');
    assert.equal(await by({ npm_lifecycle_event: 'echo', npm_config_loglevel: 'silent' }), 'undefined');
  });

  it('tries once more when npm fails, then gives up with its code', async () => {
    write(
      'npm/npm-cli.js',
      `import { appendFileSync } from 'node:fs'; appendFileSync('calls', 'npm\\n'); process.exit(5);`,
    );
    const { code } = await runJob('echo');

    assert.equal(code, 5);
    assert.deepEqual(calls(), ['npm', 'npm']);
  });

  it('names a job that does not exist', async () => {
    const { code, errors } = await runJob('dance');

    assert.equal(code, 2);
    assert.match(errors, /There is no job "dance"/);
  });
});

function write(file: string, text: string): void {
  const target = path.join(project, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function calls(): string[] {
  return readFileSync(path.join(project, 'calls'), 'utf8').trimEnd().split('\n');
}

type JobEnd = { code: number | null; output: string; errors: string };

function runJob(...args: string[]): Promise<JobEnd> {
  return startJob(args).ended;
}

function startJob(
  args: string[],
  settings: Record<string, string> = {},
): { child: ChildProcess; ended: Promise<JobEnd> } {
  const { npm_lifecycle_event: _, npm_config_loglevel: __, ...env } = process.env;
  const child = spawn(process.execPath, ['tools/run.mjs', ...args], {
    cwd: project,
    env: { ...env, ...settings, npm_execpath: path.join(project, 'npm', 'npm-cli.js') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { output: '', errors: '' };
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text.output += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    text.errors += part;
  });
  return { child, ended: once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, ...text })) };
}
