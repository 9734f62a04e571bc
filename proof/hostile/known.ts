import type { LinkId } from '../../domain/id.ts';
import { secretOfLink } from '../../server/features/link/link.service.ts';
import type { TestApp } from '../../server/tests/harness/app.ts';
import type { Chance } from '../chance.ts';

/** Things that exist, as the names of parameters and fields that go together. */
export type Thing = Readonly<Record<string, string>>;

/** What a call can be about: ids that exist, own ones and those of others. */
export class Known {
  readonly #things: readonly Thing[];

  constructor(things: readonly Thing[]) {
    this.#things = things;
  }

  /** A thing that has all of these names, more often than not in the caller's own team. */
  about(names: readonly string[], chance: Chance, teamId?: string): Thing {
    const fitting = this.#things.filter((thing) => names.every((name) => name in thing));
    const own = chance.happens(0.7) ? fitting.filter((thing) => thing.teamId === teamId) : [];
    const related = chance.pick(own.length > 0 ? own : fitting);
    return related ?? Object.assign({}, ...names.map((name) => this.one(name, chance)));
  }

  /** Any value of this name. */
  one(name: string, chance: Chance): Thing {
    const values = this.#things.filter((thing) => name in thing);
    const value = chance.pick(values)?.[name];
    return value === undefined ? {} : { [name]: value };
  }
}

/** Reads what the newest worlds have left in the database. */
export async function readKnown({ ground: { db, serverKey } }: TestApp, words: readonly Thing[]): Promise<Known> {
  const teams = await db.selectFrom('team').select(['id as teamId']).orderBy('id', 'desc').limit(5).execute();
  const teamIds = teams.map(({ teamId }) => teamId);
  const members = await db
    .selectFrom('member')
    .select(['teamId', 'id as memberId', 'email'])
    .where('teamId', 'in', teamIds)
    .orderBy('id')
    .execute();
  const licences = await db
    .selectFrom('licence')
    .select(['teamId', 'id as licenceId', 'productId', 'memberId'])
    .where('teamId', 'in', teamIds)
    .orderBy('id')
    .execute();
  const offers = await db
    .selectFrom('offer')
    .select(['id as offerId', 'customerId'])
    .orderBy('id', 'desc')
    .limit(8)
    .execute();
  const orders = await db.selectFrom('order').select(['id as orderId']).orderBy('id', 'desc').limit(5).execute();
  const customers = await db
    .selectFrom('customer')
    .select(['id as customerId', 'customerNumber'])
    .orderBy('id', 'desc')
    .limit(4)
    .execute();
  const requests = await db
    .selectFrom('customerRequest')
    .select(['id as requestId'])
    .orderBy('id', 'desc')
    .limit(4)
    .execute();
  const notices = await db.selectFrom('notice').select(['id as noticeId']).orderBy('id', 'desc').limit(12).execute();
  const links = await db
    .selectFrom('link')
    .select(['id as linkId'])
    .where('endedAt', 'is', null)
    .orderBy('id', 'desc')
    .limit(14)
    .execute();
  const products = await db
    .selectFrom('product')
    .select(['id as productId', 'key as productKey'])
    .orderBy('id')
    .execute();
  const streams = [...teamIds, ...customers.map(({ customerId }) => customerId), 'vendor'].map((streamId) => ({
    streamId,
  }));
  const withPeople = licences.map(({ memberId, ...licence }): Thing => {
    const colleague = members.find((one) => one.teamId === licence.teamId && one.memberId !== memberId)?.memberId ?? '';
    return { ...licence, memberId: memberId ?? colleague, fromMemberId: memberId ?? colleague, toMemberId: colleague };
  });
  return new Known([
    ...teams,
    ...members,
    ...withPeople,
    ...offers,
    ...orders,
    ...customers,
    ...requests,
    ...notices,
    ...links.map(({ linkId }) => ({ linkId, secret: secretOfLink(serverKey, linkId as LinkId) })),
    ...products,
    ...streams,
    ...words,
  ]);
}
