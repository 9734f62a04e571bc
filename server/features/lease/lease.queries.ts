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

const ISSUE = {
  name: 'issue_leases',
  text: 'select issue_leases($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as decided',
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
  const row = await prepared.first<{ decided: DecidedLeases }>(ISSUE, [
    textArray(asked.map(({ id }) => id)),
    byteArray(asked.map(({ tokenHash }) => tokenHash)),
    textArray(asked.map(({ teamId }) => teamId)),
    textArray(asked.map(({ product }) => product)),
    textArray(asked.map(({ jkt }) => jkt)),
    byteArray(asked.map(({ proof }) => proof)),
    now,
    today,
    timeZone,
    kid,
  ]);
  if (!row) throw new Error('the statement that issues leases answered nothing');
  return row.decided;
}

/** Texts that stand in quotes as they are: ids, keys of products, base64url. */
const PLAIN = /^[A-Za-z0-9_-]+$/;

/**
 * Writes an array as PostgreSQL reads it; the driver's way looks at each character.
 *
 * @throws RangeError for a text that would have to be written another way.
 */
function textArray(texts: readonly string[]): string {
  if (!texts.every((text) => PLAIN.test(text))) throw new RangeError('a text of this array is none that is plain');
  return `{"${texts.join('","')}"}`;
}

function byteArray(all: readonly Buffer[]): string {
  return `{${all.map((bytes) => `"\\\\x${bytes.toString('hex')}"`).join(',')}}`;
}

/** The application that a token is of, by both of its names; whether the token is still valid is not asked. */
export async function findApplicationOfToken(db: Db, tokenHash: Buffer) {
  return db
    .selectFrom('deviceToken as d')
    .innerJoin('application as a', 'a.id', 'd.applicationId')
    .select(['a.id', 'a.key'])
    .where('d.hash', '=', tokenHash)
    .executeTakeFirst();
}

/** Forgets leases that ended before a moment. */
export async function deleteLeasesEndedBefore(db: Db, moment: Date): Promise<void> {
  await db.deleteFrom('lease').where('expiresAt', '<', moment).execute();
}
