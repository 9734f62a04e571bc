import { setTimeout as delay } from 'node:timers/promises';
import type { NoticeId, TeamId } from '../../../domain/id.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { createIds } from '../../../server/platform/ids.ts';
import { settle } from '../settle.ts';
import type { Stage } from '../stage.ts';
import type { Trouble } from './trouble.ts';

const REFUSED = 'nobody@refused.example';
const POISONED = 6;
const OTHERS_MILLISECONDS = 15_000;
const newId = createIds(systemClock);

/**
 * A mailbox that the mail server refuses for ever, and notices that cannot be written: each is told with its reason, tried a
 * few times at most, and keeps none of the others.
 */
export const poison: Trouble = {
  name: 'poison',
  async run({ stage, town, ledger }) {
    const { agent, customer } = town;
    stage.mails.refuse(REFUSED);
    ledger.refused.add(REFUSED);
    const ids = await plantUnwritable(stage);
    const make = (name: string, ownerEmail: string) =>
      stage.caller.untilAnswered((idempotencyKey) =>
        agent.makeTeam({ body: { name, customerId: customer.id, ownerEmail }, idempotencyKey }),
      );
    const refused = await make('Refused', REFUSED);
    const began = performance.now();
    const fine = await make('Fine', 'owner@fine.example');
    const isTaken = async () => (await stateOf(stage, fine.id)).state === 'accepted';
    while (!(await isTaken()) && performance.now() - began < OTHERS_MILLISECONDS) await delay(50);
    const others = Math.round(performance.now() - began);
    const shown = await waitForReasons(stage, ids);
    const refusal = await stateOf(stage, refused.id);
    const attempts = Math.max(...shown.map((row) => row.attempts));
    const violations = [
      ...((await isTaken()) ? [] : [`poison: another mail was not handed over in ${others} ms`]),
      ...(refusal.state === 'failed' && refusal.error
        ? []
        : [`poison: a mail that is refused for ever is ${refusal.state}, ${refusal.error}`]),
      ...shown.flatMap(({ state, attempts: tries, error }) =>
        tries >= 1 && tries <= 10 && error
          ? []
          : [`poison: a mail that cannot be written is ${state}, tried ${tries} times, ${error}`],
      ),
    ];
    await stage.ask('delete from notice where id = any ($1)', [ids]);
    await settle(stage, 30);
    return { violations, figures: { othersHandedOverMilliseconds: others, poisonTries: attempts } };
  },
};

interface NoticeState {
  readonly state: string;
  readonly attempts: number;
  readonly error: string | null;
}

async function stateOf(stage: Stage, teamId: TeamId): Promise<NoticeState> {
  const [row] = await stage.ask<NoticeState & { id: string }>(
    `select state, attempts, last_error as error from notice where subject_id = $1`,
    [teamId],
  );
  return row ?? { state: 'missing', attempts: 0, error: null };
}

/** Notices without what their mail tells, as a mistake in a release would leave them, with their jobs. */
async function plantUnwritable(stage: Stage): Promise<NoticeId[]> {
  const ids = Array.from({ length: POISONED }, () => newId('ntc'));
  await stage.ask(
    `with planted as (
       insert into notice (id, kind, recipient, language, payload, subject_id, state, queued_at)
       select id, 'offerSent', 'reader@office.example', 'en', '{}', 'none', 'queued', now() from unnest($1::text[]) as id returning id)
     insert into job.job (name, data, retry_limit, retry_delay, retry_backoff, expire_seconds, heartbeat_seconds)
     select 'notice-send', jsonb_build_object('noticeId', id), 20, 1, true, 120, 10 from planted`,
    [ids],
  );
  return ids;
}

async function waitForReasons(stage: Stage, ids: readonly string[]): Promise<NoticeState[]> {
  const deadline = performance.now() + OTHERS_MILLISECONDS;
  for (;;) {
    const rows = await stage.ask<NoticeState & { id: string }>(
      'select id, state, attempts, last_error as error from notice where id = any ($1)',
      [ids],
    );
    if (rows.every(({ error }) => error !== null) || performance.now() > deadline) return rows;
    await delay(100);
  }
}
