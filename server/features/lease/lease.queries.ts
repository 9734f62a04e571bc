import type { CalendarDate } from '../../../domain/calendar-date.ts';
import type {
  AccountId,
  ApplicationId,
  LeaseId,
  LicenceId,
  ProductId,
  SigningKeyId,
  TeamId,
} from '../../../domain/id.ts';
import { longestLeaseHours } from '../../../domain/lease.ts';
import type { MemberState } from '../../../domain/team.ts';
import type { Db } from '../../db/database.ts';
import type { Prepared } from '../../db/prepared.ts';

/** A lease that is asked for: by a token, with a proof that was verified. */
export interface AskedLease {
  readonly id: LeaseId;
  readonly tokenHash: Buffer;
  readonly teamId: TeamId;
  /** Id or key. */
  readonly product: string;
  readonly jkt: string;
  readonly proof: Buffer;
}

interface TermRow {
  readonly endsOn: CalendarDate;
  readonly graceDays: number;
  readonly suspendedDays: number;
}

/** Everything that a refusal's reason depends on. */
export interface RefusedFacts {
  readonly confirmed: boolean;
  readonly memberState: MemberState | null;
  readonly licences: readonly (TermRow & { readonly licenceId: LicenceId; readonly state: 'held' | 'reserved' })[];
  readonly subscriptions: readonly TermRow[];
}

/** A token that is valid, with what the database decided about its lease. */
export interface DecidedLease {
  readonly accountId: AccountId;
  readonly applicationId: ApplicationId;
  readonly productId: ProductId | null;
  readonly productKey: string;
  readonly teamName: string;
  readonly revision: number;
  readonly licenceId: LicenceId;
  readonly until: CalendarDate;
  readonly isInTerm: boolean;
  /** Epoch seconds. */
  readonly expiresAt: number;
  /** Null where nothing was written: refused with its facts, or a proof that was taken before. */
  readonly number: number | null;
  readonly refused: RefusedFacts | null;
}

export interface LeaseMoment {
  /** Whole seconds. */
  readonly now: Date;
  readonly today: CalendarDate;
  readonly timeZone: string;
  /** The key that is going to sign. */
  readonly kid: SigningKeyId;
}

export interface DecidedLeases {
  /** False where the key no longer signs: then nothing was written. */
  readonly isKeyCurrent: boolean;
  /** One for each lease asked for; null where its token is not valid. */
  readonly leases: readonly (DecidedLease | null)[];
}

const TERM = `'endsOn', s.ends_on, 'graceDays', s.grace_days, 'suspendedDays', s.suspended_days`;

/** The member row that counts: the accepted one of the account, or else what is known of its address. */
const REFUSED_FACTS = `
  (select json_build_object('confirmed', f.confirmed, 'memberState', m.state,
     'licences', (select coalesce(json_agg(json_build_object('licenceId', l.id, 'state', l.state, ${TERM})), '[]')
                    from licence l join subscription s on s.id = l.subscription_id
                   where l.member_id = m.id and l.product_id = f.product_id),
     'subscriptions', (select coalesce(json_agg(json_build_object(${TERM})), '[]')
                         from subscription s where s.team_id = f.team_id and s.product_id = f.product_id))
     from (select) one
     left join lateral (
       select id, state from (
         select id, state, 1 as rank from member
          where team_id = f.team_id and account_id = f.account_id and state = 'accepted'
         union all
         select id, state, case state when 'invited' then 2 else 3 end
           from member where team_id = f.team_id and email = f.email and state <> 'accepted') known
        order by rank, id desc limit 1) m on true)`;

/**
 * Decides and writes: what is asked for goes through one statement, so that a lease stands on one snapshot and is kept
 * by the same commit. Each look-up is a lateral one, which keeps to its index however many are asked for.
 *
 * Rows are written in the order of their proofs: two processes that get the same ones wait for each other in one order.
 */
const ISSUE = {
  name: 'issue_leases',
  text: `
    with facts as materialized (
      select a.*, d.token_id, d.account_id, d.application_id, d.email, d.confirmed, p.product_id, p.product_key,
             t.team_name, t.revision, m.member_id, l.licence_id, l.until, l.in_term,
             greatest($7::timestamptz + interval '1 second',
               least($7::timestamptz + least(p.lease_hours, ${longestLeaseHours}) * interval '1 hour',
                     (l.until + 1)::timestamp at time zone $9)) as expires_at
        from unnest($1::text[], $2::bytea[], $3::text[], $4::text[], $5::text[], $6::bytea[])
             with ordinality as a (id, token_hash, team_id, product, jkt, proof, position)
        left join lateral (
          select d.id as token_id, d.account_id, d.application_id, c.email, c.email_verified as confirmed
            from device_token d
            join application on application.id = d.application_id and not application.retired
            join account c on c.id = d.account_id
           where d.hash = a.token_hash and d.revoked_at is null and d.expires_at > $7 limit 1) d on true
        left join lateral (
          select p.id as product_id, p.key as product_key, p.lease_hours
            from application_product ap join product p on p.id = ap.product_id
           where ap.application_id = d.application_id and (p.id = a.product or p.key = a.product) limit 1) p on true
        left join lateral (
          select team.name as team_name, stream.head as revision
            from team join stream on stream.id = team.id where team.id = a.team_id limit 1) t on true
        left join lateral (
          select id as member_id from member
           where member.team_id = a.team_id and member.account_id = d.account_id and member.state = 'accepted'
           limit 1) m on true
        left join lateral (
          select l.id as licence_id, s.ends_on + s.grace_days as until, s.ends_on >= $8::date as in_term
            from licence l join subscription s on s.id = l.subscription_id
           where l.member_id = m.member_id and l.product_id = p.product_id and l.state = 'held'
             and s.ends_on + s.grace_days >= $8::date
           order by s.ends_on + s.grace_days desc limit 1) l on true
    ), signing as (
      select exists (select from signing_key where kid = $10 and state = 'current') as is_current
    ), written as (
      insert into lease (id, account_id, application_id, token_id, team_id, member_id, product_id, licence_id, jkt,
                         proof, kid, issued_at, expires_at)
      select id, account_id, application_id, token_id, team_id, member_id, product_id, licence_id, jkt,
             proof, $10, $7, expires_at
        from facts, signing
       where licence_id is not null and confirmed and is_current
       order by proof
      on conflict on constraint lease_one_per_proof do nothing
      returning id, number
    )
    select (select is_current from signing) as "isKeyCurrent",
           json_agg(case when f.token_id is not null then json_build_object(
             'accountId', f.account_id, 'applicationId', f.application_id, 'productId', f.product_id,
             'productKey', f.product_key, 'teamName', f.team_name, 'revision', f.revision,
             'licenceId', f.licence_id, 'until', f.until, 'isInTerm', f.in_term,
             'expiresAt', extract(epoch from f.expires_at)::bigint, 'number', w.number,
             'refused', case when f.licence_id is null or not f.confirmed then ${REFUSED_FACTS} end)
           end order by f.position) as leases
      from facts f left join written w on w.id = f.id`,
};

/**
 * Writes the leases to which their tokens' accounts are entitled, and answers what was decided about each.
 *
 * Authoritative: accepted member, licence of the product in that very team, subscription within term or grace, key still
 * current, proof never taken before.
 */
export async function insertLeases(
  prepared: Prepared,
  asked: readonly AskedLease[],
  { now, today, timeZone, kid }: LeaseMoment,
): Promise<DecidedLeases> {
  const decided = await prepared.first<DecidedLeases>(ISSUE, [
    asked.map(({ id }) => id),
    asked.map(({ tokenHash }) => tokenHash),
    asked.map(({ teamId }) => teamId),
    asked.map(({ product }) => product),
    asked.map(({ jkt }) => jkt),
    asked.map(({ proof }) => proof),
    now,
    today,
    timeZone,
    kid,
  ]);
  if (!decided) throw new Error('the statement that issues leases answered nothing');
  return decided;
}

/** Forgets leases that ended before a moment. */
export async function deleteLeasesEndedBefore(db: Db, moment: Date): Promise<void> {
  await db.deleteFrom('lease').where('expiresAt', '<', moment).execute();
}
