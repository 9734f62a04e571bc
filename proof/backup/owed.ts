import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startMailServer } from '../../server/tests/harness/mail-server.ts';
import { startServerProcess } from '../../server/tests/harness/server-process.ts';
import { mailOfBytes } from '../crashes/taken-mail.ts';
import type { EmptyMachine } from './machines.ts';

const PATIENCE_MILLISECONDS = 60_000;

/** What a restored database owed, and what became of it. */
export interface Settled {
  readonly orders: number;
  readonly notices: number;
  readonly violations: string[];
}

/** Starts a server on a restored database and sees that it does what was owed, each thing once. */
export async function settleOwed(
  machine: EmptyMachine,
  { folder, secret }: { folder: string; secret: string },
): Promise<Settled> {
  const mail = await startMailServer();
  // As if the minutes had passed that a refused mail waits.
  await machine.query(`update notice set next_attempt_at = now() where state = 'queued' and next_attempt_at > now()`);
  const owed = await listOwed(machine);
  const server = await startServerProcess({
    DATABASE_URL: machine.url,
    NAMESAKE_SECRET: secret,
    NAMESAKE_DATA: path.join(folder, `server-of-${new URL(machine.url).pathname.slice(1)}`),
    NAMESAKE_SMTP_URL: mail.url,
  });
  const isSettled = await waitUntilSettled(machine);
  await server.stop();
  await mail.close();
  const sent = countBy(mail.messages.map((message) => mailOfBytes([], message).id));
  const violations = isSettled
    ? [...faultsOfMails(owed.notices, sent), ...(await faultsOfOrders(machine, owed.orders))]
    : [];
  if (!isSettled) violations.push('what was owed is not done after a minute');
  return { orders: owed.orders.length, notices: owed.notices.length, violations };
}

/** Each notice that was owed has gone out, and none twice. */
export function faultsOfMails(owed: readonly string[], sent: ReadonlyMap<string, number>): string[] {
  return [
    ...owed.filter((id) => !sent.has(id)).map((id) => `the notice ${id} was forgotten`),
    ...[...sent].filter(([, count]) => count > 1).map(([id, count]) => `the notice ${id} was sent ${count} times`),
  ];
}

async function faultsOfOrders(machine: EmptyMachine, owed: readonly string[]): Promise<string[]> {
  const items = await machine.query<{ order: string; item: string; state: string; made: number }>(`
    select o.id as order, i.id as item, o.state, count(s.id)::int as made
      from order_item i join "order" o on o.id = i.order_id left join subscription s on s.order_item_id = i.id
     group by o.id, i.id`);
  return items.flatMap(({ order, item, state, made }) => {
    if (owed.includes(order) && state !== 'completed') return [`the order ${order} is still ${state}`];
    return made === (state === 'completed' ? 1 : 0) ? [] : [`the order item ${item} has ${made} subscriptions`];
  });
}

async function listOwed(machine: EmptyMachine): Promise<{ orders: string[]; notices: string[] }> {
  const rows = await machine.query<{ id: string; kind: string }>(`
    select id, 'order' as kind from "order" where state = 'inProgress'
    union all select id, 'notice' from notice where state = 'queued'`);
  const idsOf = (wanted: string) => rows.filter(({ kind }) => kind === wanted).map(({ id }) => id);
  return { orders: idsOf('order'), notices: idsOf('notice') };
}

async function waitUntilSettled(machine: EmptyMachine): Promise<boolean> {
  for (const deadline = Date.now() + PATIENCE_MILLISECONDS; Date.now() < deadline; await delay(250)) {
    const { orders, notices } = await listOwed(machine);
    if (orders.length + notices.length === 0) return true;
  }
  return false;
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
