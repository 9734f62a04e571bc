import type { SaleState } from './sale-replay.ts';
import type { Snapshot } from './snapshot.ts';

interface OfferRow {
  readonly id: string;
  readonly customerId: string;
  readonly state: string;
  readonly version: number;
  readonly disputed: boolean;
}

interface OrderRow {
  readonly id: string;
  readonly customerId: string;
  readonly offerId: string;
  readonly state: string;
  readonly teamId: string | null;
  readonly subscriptionIds: readonly string[];
}

/** How offers, orders and the notices that the record names differ from what follows from some customers' records. */
export async function compareSales(snapshot: Snapshot, sales: readonly SaleState[]): Promise<string[]> {
  const ids = sales.map(({ id }) => id);
  const noticeIds = sales.flatMap((sale) => [...sale.noticeIds]);
  const offers = await snapshot.rows<OfferRow>(
    `select id, customer_id as "customerId", state, version, disputed_at is not null as disputed
       from offer where customer_id = any($1)`,
    [ids],
  );
  const orders = await snapshot.rows<OrderRow>(
    `select o.id, o.customer_id as "customerId", o.offer_id as "offerId", o.state, o.team_id as "teamId",
            array(select s.id from order_item i join subscription s on s.order_item_id = i.id
                   where i.order_id = o.id) as "subscriptionIds"
       from "order" o where o.customer_id = any($1)`,
    [ids],
  );
  const notices = await snapshot.rows<{ id: string }>('select id from notice where id = any($1)', [noticeIds]);
  const kept = new Set(notices.map(({ id }) => id));
  return [
    ...noticeIds
      .filter((id) => !kept.has(id))
      .map((id) => `rule 6: the notice ${id} is in the record and nowhere else`),
    ...sales.flatMap((sale) => compareOffers(sale, offers)),
    ...sales.flatMap((sale) => compareOrders(sale, orders)),
  ];
}

function compareOffers(sale: SaleState, rows: readonly OfferRow[]): string[] {
  const own = rows.filter(({ customerId }) => customerId === sale.id);
  return [
    ...lost(sale.offers, own).map((id) => `rule 11: ${id} of ${sale.id} has no row`),
    ...own.flatMap((row) => {
      const offer = sale.offers.get(row.id);
      const same = offer?.state === row.state && offer.version === row.version && offer.disputed === row.disputed;
      return same
        ? []
        : [`rule 11: ${row.id} of ${sale.id} is ${row.state}, by the record ${offer?.state ?? 'never made'}`];
    }),
  ];
}

function compareOrders(sale: SaleState, rows: readonly OrderRow[]): string[] {
  const own = rows.filter(({ customerId }) => customerId === sale.id);
  return [
    ...lost(sale.orders, own).map((id) => `rule 11: ${id} of ${sale.id} has no row`),
    ...own.flatMap((row) => {
      const order = sale.orders.get(row.id);
      const where = `rule 6: ${row.id} of ${sale.id}`;
      if (!order) return [`${where} is not in the record`];
      const { state, subscriptionIds } = order;
      return [
        ...(row.state === state ? [] : [`${where} is ${row.state}, by the record ${state}`]),
        ...(row.offerId === order.offerId ? [] : [`${where} is of another offer than in the record`]),
        ...(order.teamId === null || row.teamId === order.teamId ? [] : [`${where} went into another team`]),
        ...(sameSet(row.subscriptionIds, subscriptionIds)
          ? []
          : [`${where} has added ${row.subscriptionIds.join(', ') || 'nothing'}, by the record ${subscriptionIds}`]),
      ];
    }),
  ];
}

const lost = (recorded: ReadonlyMap<string, unknown>, rows: readonly { readonly id: string }[]): string[] => {
  const known = new Set(rows.map(({ id }) => id));
  return [...recorded.keys()].filter((id) => !known.has(id));
};

const sameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.toSorted().join(' ') === other.toSorted().join(' ');
