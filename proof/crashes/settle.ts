import { setTimeout as delay } from 'node:timers/promises';
import type { Stage } from './stage.ts';

const SEALED_MILLISECONDS = 30_000;

/** Has the record sealed now, as happens once a day. @returns What is wrong where it is not. */
export async function sealNow({ ask }: Pick<Stage, 'ask'>): Promise<string[]> {
  await ask(`insert into job.job (name, data, retry_limit, expire_seconds) values ('record-seal', '{}', 2, 60)`);
  await ask(`select pg_notify(${CHANNEL}, 'record-seal')`);
  const deadline = performance.now() + SEALED_MILLISECONDS;
  while (performance.now() < deadline) {
    const seals = await ask(`select from event where stream_id = 'vendor' and kind = 'recordSealed'`);
    if (seals.length > 0) return [];
    await delay(100);
  }
  return [`the record was not sealed in ${SEALED_MILLISECONDS} ms`];
}

const CHANNEL = `('pgboss_' || left(encode(sha224('job'::bytea), 'hex'), 24))`;

/** Has time go by for mails, or other jobs, that wait for another try: they are due now. Nothing else is touched. */
export async function passTime({ ask }: Pick<Stage, 'ask'>, job = 'notice-send'): Promise<void> {
  await ask(
    `with due as (
       update job.job set start_after = now()
        where name = $1 and state in ('created', 'retry') and start_after > now() returning name)
     select pg_notify(${CHANNEL}, name) from due limit 1`,
    [job],
  );
}

const OPEN = `
  select (select count(*) from notice where state = 'queued')::int as notices,
         (select count(*) from "order" where state in ('acknowledged', 'inProgress'))::int as orders`;

/** Waits until nothing is owed any more. @returns What is still open when the time is over, and how long it took. */
export async function settle(stage: Stage, seconds: number): Promise<{ open: string[]; milliseconds: number }> {
  const began = performance.now();
  await Promise.all([...stage.crew.map((member) => member.ready()), stage.mails.server.ready()]);
  for (;;) {
    await passTime(stage);
    const [open] = await stage.ask<{ notices: number; orders: number }>(OPEN);
    const milliseconds = performance.now() - began;
    if (open?.notices === 0 && open.orders === 0) return { open: [], milliseconds };
    if (milliseconds > seconds * 1000) {
      return {
        open: [`after ${seconds} s ${open?.notices} notices and ${open?.orders} orders still wait`],
        milliseconds,
      };
    }
    await delay(200);
  }
}
