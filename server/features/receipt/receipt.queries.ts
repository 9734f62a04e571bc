import { sql } from 'kysely';
import type { ReceiptState } from '../../../contract/receipt.ts';
import type { AccountId, ApplicationId, MemberId, ProductId, TeamId, TokenId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';
import type { Viewer } from '../../db/sight.ts';
import { seesInside } from '../../db/sight.ts';

export interface Place {
  readonly accountId: AccountId;
  readonly applicationId: ApplicationId;
  readonly teamId: TeamId;
  /** Id or key of a product. */
  readonly product: string;
}

/**
 * The product that is meant and the team's newest revision; undefined where the team is none of the account's or the product
 * none of the application's.
 */
export async function findSubject(db: Db, { accountId, applicationId, teamId, product }: Place) {
  return db
    .selectFrom('stream as s')
    .innerJoin('member as m', 'm.teamId', 's.id')
    .innerJoin('applicationProduct as ap', (join) => join.on('ap.applicationId', '=', applicationId))
    .innerJoin('product as p', 'p.id', 'ap.productId')
    .select(['p.id as productId', 's.head as revision'])
    .where('s.id', '=', teamId)
    .where('m.accountId', '=', accountId)
    .where('m.state', '=', 'accepted')
    .where((eb) => eb.or([eb('p.id', '=', product as ProductId), eb('p.key', '=', product)]))
    .executeTakeFirst();
}

export interface NewReceipt {
  readonly tokenId: TokenId;
  readonly accountId: AccountId;
  readonly teamId: TeamId;
  readonly productId: ProductId;
  readonly revision: number;
  readonly state: ReceiptState;
  readonly at: Date;
}

/**
 * Keeps a receipt in the place of the one before, in one statement; false where a newer one stands there already.
 *
 * The moment stays what it was while the state stays the same, for most changes of a team leave a device as it is; unless the
 * licence was given anew meanwhile, which makes it a new pick-up.
 */
export async function upsertReceipt(db: Db, receipt: NewReceipt): Promise<boolean> {
  const { tokenId, accountId, teamId, productId, revision, state, at } = receipt;
  const { rows } = await sql`
    insert into receipt as r (token_id, team_id, product_id, revision, state, at, seen_at)
    values (${tokenId}, ${teamId}, ${productId}, ${revision}, ${state}, ${at}, ${at})
    on conflict (token_id, team_id, product_id) do update
       set revision = excluded.revision, state = excluded.state, seen_at = greatest(r.seen_at, excluded.seen_at),
           at = case
             when r.state = excluded.state and r.at >= coalesce((
               select l.since
                 from licence l join member m on m.id = l.member_id
                where m.team_id = r.team_id and m.account_id = ${accountId} and m.state = 'accepted'
                  and l.product_id = r.product_id and l.usable), r.at)
             then r.at else greatest(r.at, excluded.at) end
     where r.revision <= excluded.revision
    returning 1
  `.execute(db);
  return rows.length > 0;
}

export interface ReceiptRow {
  readonly memberId: MemberId;
  readonly productId: ProductId;
  readonly applicationName: string;
  readonly place: string | null;
  readonly state: ReceiptState;
  readonly revision: number;
  readonly at: Date;
  readonly lastContactAt: Date;
  readonly takenAt: Date | null;
}

/**
 * The receipts of a team's members from the devices that are signed in, the newest first; of one member where one is named.
 *
 * Another use of the same token counts as contact: the device has shown itself in this team. Devices that never did so are
 * nobody's business here.
 */
export async function listReceiptRows(
  db: Db,
  viewer: Viewer,
  { teamId, memberId, at }: { teamId: TeamId; memberId?: MemberId | undefined; at: Date },
): Promise<ReceiptRow[]> {
  const { rows } = await sql<ReceiptRow>`
    select m.id as member_id, r.product_id, a.name as application_name, k.place, r.state, r.revision, r.at,
           greatest(r.seen_at, k.last_used_at, (
             select max(e.issued_at) from lease e
              where e.account_id = k.account_id and e.team_id = r.team_id and e.token_id = r.token_id
                and e.product_id = r.product_id)) as last_contact_at,
           case when not exists (
             select from licence l where l.member_id = m.id and l.product_id = r.product_id and l.usable)
           then (
             select h.taken_at from holding h join licence l on l.id = h.licence_id
              where h.member_id = m.id and h.taken_at is not null and l.product_id = r.product_id
              order by h.taken_at desc limit 1) end as taken_at
      from receipt r
      join device_token k on k.id = r.token_id
      join application a on a.id = k.application_id
      join member m on m.team_id = r.team_id and m.account_id = k.account_id and m.state = 'accepted'
     where r.team_id = ${teamId} and ${seesInside(viewer, 'r.teamId')} and (${memberId ?? null}::text is null or m.id = ${memberId ?? null})
       and k.revoked_at is null and k.expires_at > ${at}
     order by r.at desc, r.token_id, r.product_id
  `.execute(db);
  return rows;
}

export interface ContactRow {
  readonly at: Date;
  readonly place: string | null;
  readonly state: ReceiptState | null;
}

export interface ContactOf {
  readonly accountId: AccountId;
  readonly teamId: TeamId;
  readonly productId: ProductId;
  /** Whether the account's devices that never showed themselves in this team count as well. */
  readonly everywhere: boolean;
  readonly at: Date;
}

/** The device of an account that was heard of last about a product, and what it picked up in the team, if it ever said so. */
export async function findLastContact(db: Db, wanted: ContactOf): Promise<ContactRow | undefined> {
  const { accountId, teamId, productId, everywhere, at } = wanted;
  const { rows } = await sql<ContactRow>`
    select greatest(r.seen_at, k.last_used_at) as at, k.place, r.state
      from device_token k
      join application_product ap on ap.application_id = k.application_id and ap.product_id = ${productId}
      left join receipt r on r.token_id = k.id and r.team_id = ${teamId} and r.product_id = ${productId}
     where k.account_id = ${accountId} and k.revoked_at is null and k.expires_at > ${at}
       and (r.token_id is not null or (${everywhere} and k.last_used_at is not null))
     order by (r.state is not null) desc, greatest(r.seen_at, k.last_used_at) desc, k.id desc
     limit 1
  `.execute(db);
  return rows[0];
}
