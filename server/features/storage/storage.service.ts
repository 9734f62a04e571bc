import type { Storage } from '../../../contract/storage.ts';
import type { TeamId } from '../../../domain/id.ts';
import { freeStorageBytes, quotaBytes, quotaParts } from '../../../domain/storage.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import { requireInTeam } from '../team/team.policy.ts';
import { findOrdinal, listAllotmentRows } from './storage.queries.ts';

/** A team's quota and what it is made of. Nothing can be uploaded yet, so nothing is used. */
export async function getStorage(ground: Ground, caller: AccountCaller, teamId: TeamId): Promise<Storage> {
  const { db, settings } = ground;
  await requireInTeam(db, teamId, caller, 'storage.read');
  const ordinal = await findOrdinal(db, caller, teamId);
  if (ordinal === undefined) throw new AppError('notFound');
  const rows = await listAllotmentRows(db, caller, teamId);
  const free = freeStorageBytes(ordinal, settings.freeStorageBytes);
  const parts = quotaParts(
    free,
    rows.map((row) => ({ ...row, term: row })),
    todayOf(ground),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { quotaBytes: quotaBytes(parts), usedBytes: 0, parts: parts.map((part) => presentPart(part, byId)) };
}

type Part = ReturnType<typeof quotaParts>[number];
type Row = Awaited<ReturnType<typeof listAllotmentRows>>[number];

function presentPart(part: Part, rows: ReadonlyMap<string, Row>): Storage['parts'][number] {
  const row = part.kind === 'free' ? undefined : rows.get(part.allotmentId);
  if (part.kind === 'free' || !row) {
    return {
      kind: 'free',
      subscriptionId: null,
      productName: null,
      quantity: 1,
      bytesEach: part.bytes,
      bytes: part.bytes,
      counts: true,
      phase: null,
      endsOn: null,
    };
  }
  const { kind, subscriptionId, productName, quantity, bytesEach, bytes, endsOn } = row;
  return {
    kind,
    subscriptionId,
    productName,
    quantity,
    bytesEach,
    bytes,
    endsOn,
    counts: part.counts,
    phase: part.phase,
  };
}
