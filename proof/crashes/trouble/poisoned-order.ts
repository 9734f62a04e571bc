import { setTimeout as delay } from 'node:timers/promises';
import type { OrderId } from '../../../domain/id.ts';
import { signIn } from '../caller.ts';
import { sellByPhone } from '../sale-load.ts';
import { passTime, settle } from '../settle.ts';
import type { Stage } from '../stage.ts';
import { AGENT, phoneLoadOf, STAFF } from '../town.ts';
import type { Trouble } from './trouble.ts';

const SETTLED_SECONDS = 30;
/** For all its tries, whose waits are passed at once. */
const FAILED_MILLISECONDS = 60_000;

/**
 * An order whose processing always throws, as a mistake in a release would have it: after some tries it has failed, with nothing half
 * done, agent and staff are told, and once the mistake is gone staff have it processed.
 */
export const poisonedOrder: Trouble = {
  name: 'poisonedOrder',
  async run({ stage, town, ledger }) {
    await settle(stage, SETTLED_SECONDS);
    const staff = stage.caller.clientOf(await signIn(stage.caller, stage.front.url, STAFF));
    await stage.ask(
      `create function spoil() returns trigger language plpgsql as 'begin raise exception ''spoilt''; end'`,
    );
    await stage.ask('create trigger spoil before insert on subscription for each row execute function spoil()');
    const orderId = await sellByPhone(phoneLoadOf(stage, town, ledger));
    const noted = ledger.orders.get(orderId);
    if (noted) noted.failure = [AGENT, STAFF];
    const failed = await untilFailed(stage, orderId);
    await stage.ask('drop function spoil cascade');
    await stage.caller.untilAnswered((idempotencyKey) => staff.processOrder({ orderId, idempotencyKey }));
    const { open } = await settle(stage, SETTLED_SECONDS);
    return { violations: [...judgeFailed(failed), ...open].map((what) => `poisonedOrder: ${what}`), figures: {} };
  },
};

/** How an order stands, and what was done of it. */
export interface Standing {
  readonly state: string;
  readonly subscriptions: number;
  /** Jobs that would try it once more. */
  readonly waiting: number;
}

const WANTED: Standing = { state: 'failed', subscriptions: 0, waiting: 0 };

/** What is wrong with an order that could not be processed: it has failed, nothing of it was done, and nobody tries again by themselves. */
export function judgeFailed(standing: Standing | undefined): string[] {
  const { state, subscriptions, waiting } = standing ?? { state: 'gone', subscriptions: 0, waiting: 0 };
  return [
    ...(state === WANTED.state ? [] : [`what cannot be processed is ${state}, not ${WANTED.state}`]),
    ...(subscriptions === WANTED.subscriptions ? [] : [`${subscriptions} of its subscriptions were made`]),
    ...(waiting === WANTED.waiting ? [] : [`${waiting} jobs go on trying it`]),
  ];
}

async function untilFailed(stage: Stage, orderId: OrderId): Promise<Standing | undefined> {
  const deadline = performance.now() + FAILED_MILLISECONDS;
  for (;;) {
    const [standing] = await stage.ask<Standing>(
      `select o.state,
              (select count(*) from order_item i join subscription s on s.order_item_id = i.id where i.order_id = o.id)::int as subscriptions,
              (select count(*) from job.job j where j.name = 'order-process' and j.data ->> 'orderId' = o.id
                                                and j.state in ('created', 'retry'))::int as waiting
         from "order" o where o.id = $1`,
      [orderId],
    );
    if (standing?.state !== 'inProgress' || performance.now() > deadline) return standing;
    await passTime(stage, 'order-process');
    await delay(100);
  }
}
