import type pg from 'pg';
import type { CustomerId, LicenceId, MemberId, OfferId, OrderId, ProductId, TeamId } from '../../domain/id.ts';

/** An offer whose making was acknowledged, and what was acknowledged about it since. */
export interface LedgerOffer {
  readonly customerId: CustomerId;
  readonly quantity: number;
  /** How the mail server was told to reach the contact: a link to answer by, or the notice of the call. */
  readonly contactEmail: string;
  acceptedBy?: 'phone' | 'link';
  sent?: boolean;
}

export interface LedgerOrder {
  readonly offerId: OfferId;
  readonly customerId: CustomerId;
  readonly quantity: number;
  /** Whether it was placed without a team, so that the contact was owed a link. */
  readonly waited: boolean;
  /** What completes it; undefined as long as nobody has named its team: it waits, and nobody is told. */
  completion: LedgerCompletion | undefined;
  /** Who has to be told, once each, that it could not be processed at first. */
  failure?: readonly string[];
}

export interface LedgerCompletion {
  /** Who has to be told, once each, that it is completed. */
  readonly told: readonly string[];
  /** The name of the team that was made for it; undefined where it was added to one that was there. */
  readonly madeTeam?: string;
}

export type LicenceEventKind = 'licenceGiven' | 'licenceTaken' | 'licenceMoved';

/** A licence command that was acknowledged: the event that stands for it. */
export interface LedgerCommand {
  readonly teamId: TeamId;
  readonly kind: LicenceEventKind;
  readonly licenceId: LicenceId;
  readonly memberId: MemberId;
  /** Whom a moved licence went to. */
  readonly toMemberId?: MemberId;
  readonly revision: number;
}

/** What the driver was told has been done. Whatever the product shows must be this, no less and no more. */
export interface Ledger {
  readonly offers: Map<OfferId, LedgerOffer>;
  readonly orders: Map<OrderId, LedgerOrder>;
  readonly commands: LedgerCommand[];
  /** Who holds which licence in the teams that are kept book of, as acknowledged last. */
  readonly holders: Map<TeamId, Map<MemberId, LicenceId>>;
  readonly productId: ProductId;
  /** The numbers that the streams of these teams stood at when the book was opened. */
  readonly openedAt: Map<TeamId, number>;
  /** Mailboxes that the mail server refuses for ever: what they are owed has failed, and was never taken. */
  readonly refused: Set<string>;
  /** Names of teams that were made besides, each of them once. */
  readonly teamNames: Set<string>;
  /** Offers and teams that were there before. */
  readonly olderOffers: ReadonlySet<string>;
  readonly olderTeams: ReadonlySet<string>;
}

/** Opens the book on these teams: what was there before counts as given. */
export async function openLedger(
  pool: pg.Pool,
  { teamIds, productId }: { teamIds: readonly TeamId[]; productId: ProductId },
): Promise<Ledger> {
  const offers = await pool.query<{ id: string }>('select id from offer');
  const teams = await pool.query<{ id: string }>('select id from team');
  const heads = await pool.query<{ id: TeamId; head: number }>('select id, head::int from stream where id = any ($1)', [
    teamIds,
  ]);
  return {
    offers: new Map(),
    orders: new Map(),
    commands: [],
    holders: new Map(),
    productId,
    openedAt: new Map(heads.rows.map(({ id, head }) => [id, head])),
    refused: new Set(),
    teamNames: new Set(),
    olderOffers: new Set(offers.rows.map(({ id }) => id)),
    olderTeams: new Set(teams.rows.map(({ id }) => id)),
  };
}
