import { setTimeout as delay } from 'node:timers/promises';
import type { NoticeId } from '../../../domain/id.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { createIds } from '../../../server/platform/ids.ts';
import { passTime, settle } from '../settle.ts';
import type { Stage } from '../stage.ts';
import type { Trouble } from './trouble.ts';

const REFUSED = 'nobody@refused.example';
const POISONED = 6;
const OTHERS_MILLISECONDS = 15_000;
/** For all the tries of most of a day, whose waits are passed at once. */
const FAILED_MILLISECONDS = 30_000;
const TRIES = 10;
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
    for (const name of ['Refused', 'Fine']) ledger.teamNames.add(name);
    await stage.mails.spare();
    const ids = await plantUnwritable(stage);
    const make = (name: string, ownerEmail: string) =>
      stage.caller.untilAnswered((idempotencyKey) =>
        agent.makeTeam({ body: { name, customerId: customer.id, ownerEmail }, idempotencyKey }),
      );
    const refused = await make('Refused', REFUSED);
    const began = performance.now();
    const fine = await make('Fine', 'owner@fine.example');
    // No time is passed for them yet: whoever is not concerned waits for nothing.
    const other = await waitUntilOver(OTHERS_MILLISECONDS, () => statesOf(stage, 'subject_id', [fine.id]));
    const others = Math.round(performance.now() - began);
    const shown = await waitUntilOver(FAILED_MILLISECONDS, async () => {
      await passTime(stage);
      return statesOf(stage, 'id', ids);
    });
    // Its one try may have met the mail server while that was down: then it was told to come again.
    const refusal = await waitUntilOver(FAILED_MILLISECONDS, async () => {
      await passTime(stage);
      return statesOf(stage, 'subject_id', [refused.id]);
    });
    const violations = [
      ...other
        .filter(({ state }) => state !== 'accepted')
        .map(({ state }) => `poison: another mail is ${state} after ${others} ms`),
      ...refusal
        .filter(({ state, error }) => state !== 'failed' || !error)
        .map(({ state, error }) => `poison: a mail that is refused for ever is ${state}, ${error}`),
      ...shown
        .filter(({ state, attempts, error }) => state !== 'failed' || attempts !== TRIES || !error)
        .map(
          ({ state, attempts, error }) =>
            `poison: a mail that cannot be written is ${state}, tried ${attempts} times, ${error}`,
        ),
    ];
    await stage.ask('delete from notice where id = any ($1)', [ids]);
    const { open } = await settle(stage, 30);
    return {
      violations: [...violations, ...open.map((what) => `poison: ${what}`)],
      figures: {
        othersHandedOverMilliseconds: others,
        poisonTries: Math.max(...shown.map(({ attempts }) => attempts)),
      },
    };
  },
};

interface NoticeState {
  readonly state: string;
  readonly attempts: number;
  readonly error: string | null;
}

/** What has become of some notices, by their own ids or by what they are about; one that is not there is `missing`. */
async function statesOf(stage: Stage, column: 'id' | 'subject_id', ids: readonly string[]): Promise<NoticeState[]> {
  return stage.ask<NoticeState & { id: string }>(
    `select wanted as id, coalesce(n.state, 'missing') as state, coalesce(n.attempts, 0) as attempts, n.last_error as error
       from unnest($1::text[]) as wanted left join notice n on n.${column} = wanted`,
    [ids],
  );
}

async function waitUntilOver(milliseconds: number, look: () => Promise<NoticeState[]>): Promise<NoticeState[]> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const rows = await look();
    if (rows.every(({ state }) => state === 'accepted' || state === 'failed') || performance.now() > deadline)
      return rows;
    await delay(100);
  }
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
