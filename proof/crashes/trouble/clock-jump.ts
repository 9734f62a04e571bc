import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LicenceWatch } from '../licence-load.ts';
import { handOutOnce, tellAll } from '../licence-load.ts';
import { startMember } from '../server-crew.ts';
import { watchMembers } from '../watch-town.ts';
import { clientAt } from './ask-server.ts';
import type { Scene, Trouble } from './trouble.ts';

const SHIM = path.join(import.meta.dirname, '..', 'shifted-clock.process.ts');
const HOUR = 3_600_000;
/** More than a day ahead, then behind, then right again. */
const SHIFTS = [25 * HOUR, -3 * HOUR, 0];
const NOTICED_MILLISECONDS = 400;
/** After that every process has to know of a change, and the watch judges what it says. */
const KNOWN_MILLISECONDS = 1600;

/**
 * The clock of one server process jumps: what was done before is repeated with its answer, its commands fit into the record, and
 * it lets nobody in for longer than a process whose clock is right.
 */
export const clockJump: Trouble = {
  name: 'clockJump',
  async run(scene) {
    const { stage, town } = scene;
    const file = path.join(stage.folder, 'clock');
    const env = {
      ...stage.serverEnv,
      DATABASE_URL: stage.databaseUrl,
      NAMESAKE_DATA: path.join(stage.folder, 'server-clock'),
      PROOF_CLOCK_FILE: file,
    };
    const member = await startMember({ ...env, NODE_OPTIONS: `--import=${SHIM}` });
    const violations: string[] = [];
    const own = await watchMembers(stage, town, { members: [member], chance: scene.chance.branch('wrong clock') });
    const watch = tellAll(scene.watch, own);
    try {
      const client = clientAt(member.port, { host: new URL(stage.front.url).host, cookie: town.ownerCookie });
      for (const shift of SHIFTS) {
        writeFileSync(file, String(shift));
        await delay(NOTICED_MILLISECONDS);
        violations.push(...(await tickAndClear({ scene: { ...scene, watch }, client, shift })));
      }
      violations.push(...member.fallen());
    } finally {
      await own.stop();
      await member.close();
    }
    violations.push(...own.violations.map((what) => `clock jump: ${what}`));
    if (own.decisions.yes === 0 || own.decisions.no === 0) violations.push('clock jump: its process decided nothing');
    return { violations, figures: { jumps: SHIFTS.length, checks: own.answered } };
  },
};

/** Gives and takes by way of the process with the wrong clock, each time twice with the same key, the cleaner in between. */
async function tickAndClear({
  scene,
  client,
  shift,
}: {
  scene: Omit<Scene, 'watch'> & { readonly watch: LicenceWatch };
  client: ReturnType<typeof clientAt>;
  shift: number;
}): Promise<string[]> {
  const { stage, town, ledger, watch } = scene;
  const [team] = town.teams;
  if (!team) throw new Error('there is no team');
  const { teamId } = team;
  const { caller } = stage;
  if (!ledger.holders.get(teamId)?.size) await handOutOnce(team, { caller, ledger, watch, chance: scene.chance });
  const holders = ledger.holders.get(teamId);
  const [memberId] = [...(holders?.keys() ?? [])];
  if (!memberId || !holders) return [`clock jump: nobody holds a licence`];
  const licenceId = holders.get(memberId);
  if (!licenceId) throw new Error('a holder has no licence');
  const takeKey = crypto.randomUUID();
  const take = () => client.takeLicence({ teamId, licenceId, body: { memberId }, idempotencyKey: takeKey });
  watch.taking(teamId, memberId);
  const taken = await take();
  watch.taken(teamId, memberId, taken.revision);
  holders.delete(memberId);
  ledger.commands.push({ teamId, kind: 'licenceTaken', licenceId, memberId, revision: taken.revision });
  const uncleaned = await clean(stage);
  await delay(KNOWN_MILLISECONDS);
  const again = await take().catch((error: unknown) => ({ revision: String(error) }));
  watch.giving(teamId, memberId);
  const giveKey = crypto.randomUUID();
  const give = () =>
    client.giveLicence({ teamId, body: { productId: ledger.productId, memberId }, idempotencyKey: giveKey });
  const given = await give();
  watch.given(teamId, memberId, given.revision);
  holders.set(memberId, given.licence.id);
  ledger.commands.push({
    teamId,
    kind: 'licenceGiven',
    licenceId: given.licence.id,
    memberId,
    revision: given.revision,
  });
  uncleaned.push(...(await clean(stage)));
  await delay(KNOWN_MILLISECONDS);
  const twice = await give().catch((error: unknown) => ({ revision: String(error) }));
  return [
    ...uncleaned,
    ...(again.revision === taken.revision
      ? []
      : [`clock jump by ${shift} ms: a repeated take answered ${again.revision}`]),
    ...(twice.revision === given.revision
      ? []
      : [`clock jump by ${shift} ms: a repeated gift answered ${twice.revision}`]),
  ];
}

const CLEANERS = 12;

/**
 * Has the job run that forgets old answers, often enough for the process with the wrong clock to get one.
 *
 * @returns What is wrong where it has not run.
 */
async function clean(stage: Scene['stage']): Promise<string[]> {
  const jobs = await stage.ask<{ id: string }>(
    `insert into job.job (name, data, retry_limit, expire_seconds)
     select 'repeat-end', '{}', 0, 60 from generate_series(1, ${CLEANERS}) returning id`,
  );
  await stage.ask(`select pg_notify('pgboss_' || left(encode(sha224('job'::bytea), 'hex'), 24), 'repeat-end')`);
  const ids = jobs.map(({ id }) => id);
  const deadline = performance.now() + 30_000;
  for (;;) {
    const [row] = await stage.ask<{ open: number }>(
      `select count(*)::int as open from job.job where id = any ($1) and state in ('created', 'active', 'retry')`,
      [ids],
    );
    if (row?.open === 0) return [];
    if (performance.now() > deadline) return [`clock jump: ${row?.open} jobs that forget old answers have not run`];
    await delay(50);
  }
}
