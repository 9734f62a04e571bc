import type { Client } from '../../contract/client.ts';
import type { LicenceChange } from '../../contract/licence.ts';
import type { LicenceId, MemberId, TeamId } from '../../domain/id.ts';
import type { Chance } from '../chance.ts';
import type { Caller } from './caller.ts';
import type { Ledger, LedgerCommand } from './ledger.ts';

/** A team whose licences one driver alone hands out, so that it knows at each moment who has which. */
export interface LicenceTeam {
  readonly teamId: TeamId;
  readonly owner: Client;
  readonly members: readonly MemberId[];
  /** How many licences there are at least. */
  readonly licences: number;
}

/** Hears of takes and gifts, before they are asked for and once they are acknowledged. */
export interface LicenceWatch {
  giving(teamId: TeamId, memberId: MemberId): void;
  given(teamId: TeamId, memberId: MemberId, revision: number): void;
  taking(teamId: TeamId, memberId: MemberId): void;
  taken(teamId: TeamId, memberId: MemberId, revision: number): void;
}

/** Tells several watches, in their order; one hears only of what it names. */
export const tellAll = (...watches: readonly Partial<LicenceWatch>[]): LicenceWatch => ({
  giving(...gift) {
    for (const watch of watches) watch.giving?.(...gift);
  },
  given(...gift) {
    for (const watch of watches) watch.given?.(...gift);
  },
  taking(...take) {
    for (const watch of watches) watch.taking?.(...take);
  },
  taken(...take) {
    for (const watch of watches) watch.taken?.(...take);
  },
});

export interface LicenceLoad {
  readonly caller: Caller;
  readonly ledger: Ledger;
  readonly chance: Chance;
  readonly watch: LicenceWatch;
}

/** Gives, takes or moves one licence, and writes down what was acknowledged. @throws ApiError where it is refused: nothing of it may be. */
export async function handOutOnce(team: LicenceTeam, load: LicenceLoad): Promise<void> {
  const { ledger, chance } = load;
  const holders = ledger.holders.get(team.teamId) ?? new Map<MemberId, LicenceId>();
  ledger.holders.set(team.teamId, holders);
  const holder = chance.pick([...holders.keys()]);
  const other = chance.pick(team.members.filter((member) => !holders.has(member)));
  const isFull = holders.size >= team.licences;
  if (other && (!holder || (!isFull && chance.happens(0.4)))) return give(team, load, other);
  if (!holder) return;
  if (other && chance.happens(0.4)) return move(team, load, { from: holder, to: other });
  return take(team, load, holder);
}

async function give({ teamId, owner }: LicenceTeam, { caller, ledger, watch }: LicenceLoad, memberId: MemberId) {
  const { productId } = ledger;
  watch.giving(teamId, memberId);
  const change = await caller.untilAnswered((idempotencyKey) =>
    owner.giveLicence({ teamId, body: { productId, memberId }, idempotencyKey }),
  );
  watch.given(teamId, memberId, change.revision);
  note(ledger, { teamId, kind: 'licenceGiven', memberId }, change);
  ledger.holders.get(teamId)?.set(memberId, change.licence.id);
}

async function take({ teamId, owner }: LicenceTeam, { caller, ledger, watch }: LicenceLoad, memberId: MemberId) {
  const licenceId = licenceOf(ledger, teamId, memberId);
  watch.taking(teamId, memberId);
  const change = await caller.untilAnswered((idempotencyKey) =>
    owner.takeLicence({ teamId, licenceId, body: { memberId }, idempotencyKey }),
  );
  watch.taken(teamId, memberId, change.revision);
  note(ledger, { teamId, kind: 'licenceTaken', memberId }, change);
  ledger.holders.get(teamId)?.delete(memberId);
}

async function move(
  { teamId, owner }: LicenceTeam,
  { caller, ledger, watch }: LicenceLoad,
  { from, to }: { from: MemberId; to: MemberId },
) {
  const licenceId = licenceOf(ledger, teamId, from);
  watch.taking(teamId, from);
  watch.giving(teamId, to);
  const change = await caller.untilAnswered((idempotencyKey) =>
    owner.moveLicence({ teamId, licenceId, body: { fromMemberId: from, toMemberId: to }, idempotencyKey }),
  );
  watch.taken(teamId, from, change.revision);
  watch.given(teamId, to, change.revision);
  note(ledger, { teamId, kind: 'licenceMoved', memberId: from, toMemberId: to }, change);
  const holders = ledger.holders.get(teamId);
  holders?.delete(from);
  holders?.set(to, licenceId);
}

function licenceOf(ledger: Ledger, teamId: TeamId, memberId: MemberId): LicenceId {
  const licenceId = ledger.holders.get(teamId)?.get(memberId);
  if (!licenceId) throw new Error(`${memberId} holds nothing`);
  return licenceId;
}

function note(ledger: Ledger, command: Omit<LedgerCommand, 'licenceId' | 'revision'>, change: LicenceChange): void {
  ledger.commands.push({ ...command, licenceId: change.licence.id, revision: change.revision });
}
