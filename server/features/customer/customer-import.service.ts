import type { CustomerFault, CustomerFileRefusal, CustomerFromFile } from '../../../domain/customer-file.ts';
import { readCustomerFile } from '../../../domain/customer-file.ts';
import type { PartnerId } from '../../../domain/id.ts';
import { searchKey } from '../../../domain/search-key.ts';
import { systemActor } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { TableFileRefusal } from '../../platform/table-file.ts';
import { readTableFile } from '../../platform/table-file.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import type { CustomerEvent } from './customer-import.queries.ts';
import {
  appendEvents,
  insertCustomers,
  listPartnerKeys,
  lockCustomersByNumber,
  updateCustomers,
} from './customer-import.queries.ts';

/** A row that cannot be taken over. Beside what is wrong with the row itself, its partner may be nobody we know. */
export type ImportFault =
  | CustomerFault
  | { readonly line: number; readonly column: 'partner'; readonly reason: 'unknown'; readonly value: string };

/** What became of a file of customers. Where anything is wrong with it, nothing was written. */
export type CustomerImport =
  | { readonly outcome: 'imported'; readonly added: number; readonly changed: number; readonly unchanged: number }
  | { readonly outcome: 'faulty'; readonly faults: readonly ImportFault[] }
  | { readonly outcome: 'refused'; readonly refusal: TableFileRefusal | CustomerFileRefusal };

export interface ImportOptions {
  /** Hears how many customers are done, of how many. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Reads a file of customers, and takes them over if every row is right. */
export async function importCustomerFile(
  ground: Ground,
  bytes: Uint8Array,
  options: ImportOptions = {},
): Promise<CustomerImport> {
  const read = await readTableFile(bytes);
  if (read.outcome === 'refused') return { outcome: 'refused', refusal: read };
  const file = readCustomerFile(read.table);
  if (file.outcome === 'refused') return { outcome: 'refused', refusal: file };
  return importCustomers(ground, file.customers, { ...options, faults: file.faults });
}

const BATCH_ROWS = 500;

/**
 * Takes customers over by their numbers, all of them or none.
 *
 * @param options.faults What was wrong with other rows of the same file: told together with unknown partners.
 */
export async function importCustomers(
  ground: Ground,
  rows: readonly CustomerFromFile[],
  { onProgress, faults = [] }: ImportOptions & { readonly faults?: readonly CustomerFault[] } = {},
): Promise<CustomerImport> {
  return transact(ground, { actor: systemActor }, async (change) => {
    const partnerIds = new Map((await listPartnerKeys(change.db)).map(({ key, id }) => [key, id]));
    const wrong = [...faults, ...findUnknownPartners(rows, partnerIds)];
    if (wrong.length > 0) return { outcome: 'faulty', faults: wrong.toSorted((one, other) => one.line - other.line) };
    const count = { added: 0, changed: 0, unchanged: 0 };
    for (let at = 0; at < rows.length; at += BATCH_ROWS) {
      const batch = rows.slice(at, at + BATCH_ROWS);
      const { added, changed } = await importBatch(change, batch, partnerIds);
      count.added += added;
      count.changed += changed;
      count.unchanged += batch.length - added - changed;
      onProgress?.(at + batch.length, rows.length);
    }
    return { outcome: 'imported', ...count };
  });
}

type PartnerIds = ReadonlyMap<string, PartnerId>;

function findUnknownPartners(rows: readonly CustomerFromFile[], partnerIds: PartnerIds): ImportFault[] {
  return rows
    .filter(({ partner }) => !partnerIds.has(partner))
    .map(({ line, partner }) => ({ line, column: 'partner', reason: 'unknown', value: partner }));
}

async function importBatch(change: Change, batch: readonly CustomerFromFile[], partnerIds: PartnerIds) {
  const numbers = batch.map(({ customerNumber }) => customerNumber);
  const known = new Map((await lockCustomersByNumber(change.db, numbers)).map((row) => [row.customerNumber, row]));
  const rows = batch.map((customer) => columnsOf(customer, partnerIds));
  const added = rows
    .filter(({ customerNumber }) => !known.has(customerNumber))
    .map((row) => ({ ...row, id: change.newId('cus'), createdAt: change.at }));
  const changed = rows.flatMap((row) => {
    const before = known.get(row.customerNumber);
    const fields = before ? changedFields(before, row) : [];
    return before && fields.length > 0 ? [{ row: { ...before, ...row }, fields }] : [];
  });
  await insertCustomers(change.db, added);
  await updateCustomers(
    change.db,
    changed.map(({ row }) => row),
  );
  await appendEvents(change.db, change.at, [
    ...added.map(
      ({ id, partnerId, coreLicences }): CustomerEvent => ({
        customerId: id,
        kind: 'customerAdded',
        data: { customerId: id, partnerId, coreLicences },
      }),
    ),
    ...changed.map(
      ({ row: { id }, fields }): CustomerEvent => ({
        customerId: id,
        kind: 'customerChanged',
        data: { customerId: id, changed: fields },
      }),
    ),
  ]);
  return { added: added.length, changed: changed.length };
}

function columnsOf({ line, partner, ...columns }: CustomerFromFile, partnerIds: PartnerIds) {
  const partnerId = partnerIds.get(partner);
  if (!partnerId) throw new Error(`Line ${line} names a partner that nobody knows`);
  return { ...columns, partnerId, searchKey: searchKey(columns.name) };
}

/** What a customer's event names as changed; the search key follows from the name. */
function changedFields(before: object, columns: object): string[] {
  return Object.entries(columns)
    .filter(([field, value]) => field !== 'searchKey' && Reflect.get(before, field) !== value)
    .map(([field]) => field);
}
