import type pg from 'pg';
import type { Ledger, LedgerCommand } from './ledger.ts';

/**
 * Holds what was acknowledged against what the database has, by SQL of its own.
 *
 * Call it when every call has been answered: then there is nothing that may or may not have happened.
 */
export async function checkLedger(pool: pg.Pool, ledger: Ledger): Promise<string[]> {
  return [
    ...(await checkOffers(pool, ledger)),
    ...(await checkOrders(pool, ledger)),
    ...(await checkTeams(pool, ledger)),
    ...(await checkCommands(pool, ledger)),
    ...(await checkHolders(pool, ledger)),
  ];
}

async function checkOffers(pool: pg.Pool, { offers, olderOffers }: Ledger): Promise<string[]> {
  const { rows } = await pool.query<{ id: string; state: string; channel: string | null }>(
    'select id, state, accepted_channel as channel from offer',
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  const lost = [...offers].flatMap(([id, { acceptedBy }]) => {
    const row = found.get(id);
    if (!row) return [`offer ${id} was acknowledged and is gone`];
    if (acceptedBy === undefined || row.channel === acceptedBy) return [];
    return [`the acceptance of offer ${id} was acknowledged and is gone`];
  });
  const known = new Set<string>([...offers.keys(), ...olderOffers]);
  const more = rows.filter(({ id }) => !known.has(id)).map(({ id }) => `offer ${id} was made a second time`);
  return [...lost, ...more];
}

interface OrderRow {
  readonly id: string;
  readonly offer: string;
  readonly state: string;
  readonly items: number;
  readonly subscriptions: number;
  readonly licences: number;
  readonly allotted: number;
  readonly placed: number;
  readonly completed: number;
}

const ORDERS = `
  select o.id, o.offer_id as offer, o.state,
         (select count(*) from order_item i where i.order_id = o.id)::int as items,
         (select count(*) from order_item i join subscription s on s.order_item_id = i.id where i.order_id = o.id)::int as subscriptions,
         (select count(*) from order_item i join subscription s on s.order_item_id = i.id join licence l on l.subscription_id = s.id
           where i.order_id = o.id)::int as licences,
         (select coalesce(sum(a.quantity), 0) from order_item i join subscription s on s.order_item_id = i.id
            join allotment a on a.subscription_id = s.id where i.order_id = o.id)::int as allotted,
         (select count(*) from event e where e.stream_id = o.customer_id and e.kind = 'orderPlaced' and e.data->>'orderId' = o.id)::int as placed,
         (select count(*) from event e where e.stream_id = o.customer_id and e.kind = 'orderCompleted' and e.data->>'orderId' = o.id)::int as completed
    from "order" o where o.offer_id = any ($1)`;

async function checkOrders(pool: pg.Pool, { offers, orders }: Ledger): Promise<string[]> {
  const { rows } = await pool.query<OrderRow>(ORDERS, [[...offers.keys()]]);
  const found = new Map(rows.map((row) => [row.id, row]));
  const known = new Set<string>(orders.keys());
  const more = rows.filter(({ id }) => !known.has(id)).map(({ id }) => `order ${id} was placed a second time`);
  const off = [...orders].flatMap(([id, { quantity, completion }]) => {
    const row = found.get(id);
    if (!row) return [`order ${id} was acknowledged and is gone`];
    const once = completion ? 1 : 0;
    return differences(`order ${id}`, row, {
      state: completion ? 'completed' : 'pending',
      items: 1,
      subscriptions: once,
      licences: quantity * once,
      allotted: quantity * once,
      placed: 1,
      completed: once,
    });
  });
  return [...more, ...off];
}

async function checkTeams(pool: pg.Pool, { orders, teamNames, olderTeams }: Ledger): Promise<string[]> {
  const { rows } = await pool.query<{ id: string; name: string; orders: string[] }>(
    `select t.id, t.name, array(select o.id from "order" o where o.team_id = t.id) as orders from team t`,
  );
  const made = Map.groupBy(
    rows.filter(({ id }) => !olderTeams.has(id)),
    ({ name }) => name,
  );
  const ordered = [...orders].flatMap(([id, { completion }]) =>
    completion?.madeTeam === undefined ? [] : [{ name: completion.madeTeam, order: id }],
  );
  const wanted = [...ordered, ...[...teamNames].map((name) => ({ name, order: undefined }))];
  const known = new Set(wanted.map(({ name }) => name));
  const off = wanted.flatMap(({ name, order }) => {
    const found = made.get(name) ?? [];
    if (found.length === 0) return [`the team ${name} was acknowledged and is gone`];
    return [
      ...found.slice(1).map(({ id }) => `the team ${name} was made a second time, as ${id}`),
      ...(order === undefined || found.some((team) => team.orders.includes(order))
        ? []
        : [`the team ${name} was made for ${order}, which went elsewhere`]),
    ];
  });
  const more = [...made].filter(([name]) => !known.has(name)).map(([name]) => `nobody has asked for the team ${name}`);
  return [...off, ...more];
}

function differences(what: string, row: OrderRow, wanted: Partial<OrderRow>): string[] {
  return Object.entries(wanted)
    .map(([name, value]) => ({ name, value, found: row[name as keyof OrderRow] }))
    .filter(({ value, found }) => value !== found)
    .map(({ name, value, found }) => `${what}: ${name} is ${found}, not ${value}`);
}

interface EventRow {
  readonly number: number;
  readonly kind: string;
  readonly licence: string | null;
  readonly member: string | null;
  readonly after: string | null;
}

async function checkCommands(pool: pg.Pool, { commands, openedAt }: Ledger): Promise<string[]> {
  const faults: string[] = [];
  for (const [teamId, opened] of openedAt) {
    const { rows } = await pool.query<EventRow>(
      `select number::int, kind, data->>'licenceId' as licence, coalesce(data->>'memberId', data->>'before') as member, data->>'after' as after
         from event where stream_id = $1 and number > $2`,
      [teamId, opened],
    );
    const events = new Map(rows.map((row) => [row.number, textOf(row.kind, row.licence, row.member, row.after)]));
    for (const command of commands) {
      if (command.teamId !== teamId) continue;
      const found = events.get(command.revision);
      if (found !== textOfCommand(command))
        faults.push(`${textOfCommand(command)} was acknowledged at revision ${command.revision}, which is ${found}`);
      else events.delete(command.revision);
    }
    for (const [number, text] of events)
      faults.push(`${text} happened at revision ${number} of ${teamId} and was never asked for, or twice`);
  }
  return faults;
}

const textOf = (kind: string, licence: string | null, member: string | null, after: string | null): string =>
  `${kind} ${licence} ${member}${after === null ? '' : ` to ${after}`}`;

const textOfCommand = ({ kind, licenceId, memberId, toMemberId }: LedgerCommand): string =>
  textOf(kind, licenceId, memberId, toMemberId ?? null);

async function checkHolders(pool: pg.Pool, { holders, productId }: Ledger): Promise<string[]> {
  const faults: string[] = [];
  for (const [teamId, expected] of holders) {
    const { rows } = await pool.query<{ member: string; licence: string }>(
      `select member_id as member, id as licence from licence where team_id = $1 and product_id = $2 and state <> 'free'`,
      [teamId, productId],
    );
    const found = new Map(rows.map(({ member, licence }) => [member, licence]));
    for (const [member, licence] of expected) {
      if (found.get(member) !== licence) faults.push(`${member} holds ${found.get(member)}, and was given ${licence}`);
    }
    for (const [member, licence] of found) {
      if (!expected.has(member as never)) faults.push(`${member} holds ${licence}, which was taken or never given`);
    }
  }
  return faults;
}
