import type { OrderId } from '../../domain/id.ts';
import { until } from './network.ts';
import type { Office } from './office.ts';
import type { Persistence } from './persist.ts';
import { persist } from './persist.ts';

const DONE_SECONDS = 60;

/** Sells licences to the team again and again, also while its database is away. */
export class Sales {
  readonly orders: OrderId[] = [];
  readonly #office: Office;
  readonly #persistence: Persistence;
  #before = 0;

  constructor(office: Office, persistence: Persistence) {
    this.#office = office;
    this.#persistence = persistence;
  }

  async begin(): Promise<void> {
    this.#before = await this.#subscriptions();
  }

  /** A sale from the offer to the acknowledged order, each step repeated with its key. */
  async sell(): Promise<void> {
    const { agent, customerId, teamId, productId } = this.#office;
    const name = `sale-${this.orders.length}`;
    const lines = [{ productId, quantity: 1, termMonths: 12 }];
    const offer = await persist(this.#persistence, (signal) =>
      agent.makeOffer({ signal, idempotencyKey: `${name}-offer`, body: { customerId, lines } }),
    );
    await persist(this.#persistence, (signal) =>
      agent.acceptOfferByPhone({
        ...{ signal, idempotencyKey: `${name}-accept`, offerId: offer.id },
        ...{ ifMatch: offer.version, body: { acceptedBy: 'Anna' } },
      }),
    );
    const body = { offerId: offer.id, teamId };
    const { id } = await persist(this.#persistence, (signal) =>
      agent.placeOrder({ signal, idempotencyKey: `${name}-order`, body }),
    );
    this.orders.push(id);
  }

  /** What became of the orders: each is completed, and has added one subscription. */
  async violations(): Promise<string[]> {
    const open = new Set<OrderId>(this.orders);
    const complete = async () => {
      for (const orderId of open) {
        const { state } = await persist(this.#persistence, (signal) =>
          this.#office.agent.getOrder({ orderId, signal }),
        );
        if (state === 'completed') open.delete(orderId);
      }
      return open.size === 0;
    };
    await until('all orders are completed', DONE_SECONDS, complete).catch(() => {});
    const added = (await this.#subscriptions()) - this.#before;
    const unfinished = [...open].map((orderId) => `order ${orderId} is not completed after ${DONE_SECONDS} s`);
    if (added === this.orders.length) return unfinished;
    return [...unfinished, `${this.orders.length} orders have added ${added} subscriptions`];
  }

  async #subscriptions(): Promise<number> {
    const { owner, teamId } = this.#office;
    const { subscriptions } = await persist(this.#persistence, (signal) => owner.listLicences({ teamId, signal }));
    return subscriptions.length;
  }
}
