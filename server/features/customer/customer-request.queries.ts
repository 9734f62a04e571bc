import type { Insertable } from 'kysely';
import type { AccountId, CustomerId, CustomerRequestId } from '../../../domain/id.ts';
import type { Db, Tables } from '../../db/database.ts';
import type { Viewer } from '../../db/sight.ts';
import { actsFor, isStaff } from '../../db/sight.ts';

export type RequestState = Tables['customerRequest']['state'];

function selectRequests(db: Db) {
  return db
    .selectFrom('customerRequest as r')
    .innerJoin('partner as p', 'p.id', 'r.partnerId')
    .select([
      'r.id',
      'r.customerNumber',
      'r.name',
      'r.country',
      'r.language',
      'r.coreLicences',
      'r.contactName',
      'r.contactEmail',
      'r.partnerId',
      'p.name as partnerName',
      'r.requestedBy',
      'r.requestedAt',
      'r.state',
      'r.customerId',
    ]);
}

export type RequestRow = Awaited<ReturnType<typeof getRequest>>;

export async function getRequest(db: Db, id: CustomerRequestId) {
  return selectRequests(db).where('r.id', '=', id).executeTakeFirstOrThrow();
}

/** Locks the request's row: of two who decide at once, the second finds it decided. */
export async function lockRequest(db: Db, id: CustomerRequestId): Promise<RequestRow | undefined> {
  return selectRequests(db).where('r.id', '=', id).forNoKeyUpdate('r').executeTakeFirst();
}

export interface RequestPage {
  readonly state?: RequestState | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** All for vendor staff, an agent's partner's own; newest first, for ids sort by the moment in which they were made. */
export async function listRequestRows(db: Db, viewer: Viewer, { state, limit, after }: RequestPage) {
  let query = selectRequests(db)
    .where((eb) => eb.or([actsFor(viewer, 'r.partnerId'), isStaff(viewer)]))
    .orderBy('r.id', 'desc')
    .limit(limit + 1);
  if (state !== undefined) query = query.where('r.state', '=', state);
  // Any text may stand here: it is only compared.
  if (after !== undefined) query = query.where('r.id', '<', after as CustomerRequestId);
  return query.execute();
}

export async function insertRequest(db: Db, row: Insertable<Tables['customerRequest']>): Promise<void> {
  await db.insertInto('customerRequest').values(row).execute();
}

export interface RequestDecision {
  readonly state: Exclude<RequestState, 'waiting'>;
  readonly decidedAt: Date;
  /** Null where a demo decides by itself. */
  readonly decidedBy: AccountId | null;
  readonly customerId: CustomerId | null;
}

export async function updateRequest(db: Db, id: CustomerRequestId, decision: RequestDecision): Promise<void> {
  await db.updateTable('customerRequest').set(decision).where('id', '=', id).execute();
}

/** The mailbox of the agent who asked. */
export async function getRequester(db: Db, id: AccountId) {
  return db.selectFrom('account').select(['email', 'language']).where('id', '=', id).executeTakeFirstOrThrow();
}
