import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { listen } from '../stub-listener.ts';
import { StubServer } from '../stub-server.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const held = { teamId: 'team_1', teamName: 'Studio', decision: true, reason: 'held' };

/** The runtimes that this machine has: Node.js from 20 on and Bun, each version once. */
async function findRuntimes(): Promise<Map<string, string>> {
  const found = new Map([[`node ${process.version}`, process.execPath]]);
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  for (const program of folders.flatMap((folder) => ['node', 'bun'].map((name) => path.join(folder, name)))) {
    const version = await run(program, ['--version']).then(
      ({ stdout }) => stdout.trim(),
      () => undefined,
    );
    const name = path.basename(program);
    if (version === undefined || (name === 'node' && Number.parseInt(version.slice(1), 10) < 20)) continue;
    if (!found.has(`${name} ${version}`)) found.set(`${name} ${version}`, program);
  }
  return found;
}

/** The package as npm would install it, with a program beside it. */
async function install(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'namesake-package-'));
  const home = path.join(folder, 'node_modules', '@namesake', 'sdk');
  await mkdir(home, { recursive: true });
  await cp(path.join(root, 'sdk/package.json'), path.join(home, 'package.json'));
  const compiler = path.join(root, 'node_modules/typescript7/bin/tsc');
  await run(process.execPath, [compiler, '-p', path.join(root, 'sdk'), '--outDir', path.join(home, 'dist')]);
  await chmod(path.join(home, 'dist/cli/main.js'), 0o755);
  await cp(fileURLToPath(new URL('program.mjs', import.meta.url)), path.join(folder, 'program.mjs'));
  return folder;
}

const runtimes = await findRuntimes();

describe('the package', { skip: process.platform === 'win32' }, () => {
  let installed = '';
  before(async () => {
    installed = await install();
  });
  after(() => rm(installed, { recursive: true }));

  for (const [name, program] of runtimes) {
    it(`unlocks with a network and without on ${name}, and nothing warns`, async (t) => {
      const stub = new StubServer();
      const listener = await listen(stub);
      const home = await mkdtemp(path.join(tmpdir(), 'namesake-home-'));
      t.after(async () => {
        await listener.close();
        await rm(home, { recursive: true });
      });
      stub.clock = { now: () => Date.now() };
      stub.vendor.issuer = listener.address;
      stub.interval = 0.05;
      stub.setTeams(held);
      stub.why = { decision: true, reason: 'held', checks: [], remedy: null, team: null, at: new Date().toISOString() };
      const env = { ...process.env, HOME: home, XDG_STATE_HOME: home, NODE_OPTIONS: '' };
      const start = async (...args: string[]) => (await run(program, args, { cwd: installed, env })).stdout;

      const there = JSON.parse(await start('program.mjs', '@namesake/sdk', listener.address));
      const open = { allowed: true, state: 'unlocked', reason: 'held', decision: true, warnings: [] };
      assert.deepEqual(there, { ...open, isOffline: false, online: true });

      stub.down = true;
      const away = JSON.parse(await start('program.mjs', '@namesake/sdk', listener.address));
      assert.deepEqual(away, { ...open, isOffline: true, online: false });

      const cli = 'node_modules/@namesake/sdk/dist/cli/main.js';
      const status = await start(cli, 'status', '--json', '--server', listener.address, '--application', 'sketchpad');
      assert.equal(JSON.parse(status).mayUse, true);

      const kept = path.join(home, 'namesake');
      const files = await readdir(kept);
      assert.deepEqual(files.map((file) => file.split('-')[0]).sort(), ['device', 'lease', 'token']);
      for (const file of files) assert.equal((await stat(path.join(kept, file))).mode & 0o777, 0o600);
    });
  }
});
