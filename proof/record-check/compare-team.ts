import type { LicenceRow, MemberRow, SubscriptionRow, TeamRows } from './team-rows.ts';
import type { RecordedMember, RecordedSubscription, Taken, TeamState } from './team-state.ts';

/** How the tables differ from what follows from a team's record. */
export function compareTeam(team: TeamState, rows: TeamRows): string[] {
  const own = <T extends { readonly teamId: string }>(all: readonly T[]) =>
    all.filter(({ teamId }) => teamId === team.id);
  return [
    ...(team.unfinished ? [`rule 11: ${team.id} ends before ${team.unfinished.what}`] : []),
    ...compareStanding(team, rows),
    ...compareMembers(team, own(rows.members)),
    ...compareSubscriptions(team, own(rows.subscriptions)),
    ...compareLicences(team, own(rows.licences)),
    ...compareOpenHoldings(team, rows),
  ];
}

function compareStanding(team: TeamState, { teams }: TeamRows): string[] {
  const row = teams.find(({ id }) => id === team.id);
  if (!row) return [`rule 11: ${team.id} is in the record and not among the teams`];
  const { id: _, ...standing } = row;
  const { customerId, ownerMemberId, nextOwnerMemberId, claimed, names } = team;
  return differences(`rule 11: ${team.id}`, { customerId, ownerMemberId, nextOwnerMemberId, claimed, names }, standing);
}

function compareMembers(team: TeamState, rows: readonly MemberRow[]): string[] {
  return compareMaps(team.id, 'member', team.members, rows, (recorded: RecordedMember, row) => {
    const { id: _, teamId: __, ...member } = row;
    return differences(`rule 11: ${row.id} of ${team.id}`, recorded, member);
  });
}

function compareSubscriptions(team: TeamState, rows: readonly SubscriptionRow[]): string[] {
  return compareMaps(team.id, 'subscription', team.subscriptions, rows, (recorded: RecordedSubscription, row) => {
    const { id, teamId: _, kind, licences, ...subscription } = row;
    const expected = kind === 'namedLicence' ? recorded.quantity : 0;
    return [
      ...differences(`rule 11: ${id} of ${team.id}`, recorded, subscription),
      ...(licences === expected ? [] : [`rule 1: ${id} of ${team.id} has ${licences} licences, not ${expected}`]),
    ];
  });
}

function compareLicences(team: TeamState, rows: readonly LicenceRow[]): string[] {
  const known = new Set(rows.map(({ id }) => id));
  const lost = [...team.taken.keys()].filter((id) => !known.has(id));
  return [
    ...lost.map((id) => `rule 11: ${id} is taken in the record of ${team.id} and is no licence of it`),
    ...rows.flatMap((row) => compareLicence(team, row)),
  ];
}

const free = { state: 'free', memberId: null, since: null };

function compareLicence(team: TeamState, { id, state, memberId, since, usable, ...place }: LicenceRow): string[] {
  const taken = team.taken.get(id);
  const subscription = team.subscriptions.get(place.subscriptionId);
  const expected = taken ? { state: taken.assignment, memberId: taken.memberId, since: taken.since } : free;
  return [
    ...differences(`rule 11: ${id} of ${team.id}`, expected, { state, memberId, since }),
    ...(usable === (subscription?.state === 'active') ? [] : [`rule 1: ${id} of ${team.id} is usable: ${usable}`]),
    ...(place.productId === subscription?.productId ? [] : [`rule 4: ${id} of ${team.id} is of another product`]),
  ];
}

function compareOpenHoldings(team: TeamState, { open, licences }: TeamRows): string[] {
  const own = new Set(licences.filter(({ teamId }) => teamId === team.id).map(({ id }) => id));
  const found = new Set<string>();
  const faults: string[] = [];
  for (const { id, licenceId, memberId, givenAt, givenBy } of open) {
    if (!own.has(licenceId)) continue;
    if (found.has(licenceId)) faults.push(`rule 1: ${licenceId} of ${team.id} is in two open holdings`);
    found.add(licenceId);
    const taken = team.taken.get(licenceId);
    if (taken?.assignment !== 'held') faults.push(`rule 1: ${id} of ${team.id} is open, and ${licenceId} is not held`);
    else faults.push(...compareHolding(`rule 1: ${id} of ${team.id}`, taken, { id, memberId, givenAt, givenBy }));
  }
  for (const [licenceId, { assignment }] of team.taken) {
    if (assignment === 'held' && !found.has(licenceId))
      faults.push(`rule 1: ${licenceId} of ${team.id} has no open holding`);
  }
  return faults;
}

function compareHolding(
  where: string,
  { memberId, since, by, holdingId }: Taken,
  row: { id: string; memberId: string; givenAt: string; givenBy: string | null },
): string[] {
  return differences(where, { memberId, givenAt: since, givenBy: by, id: holdingId ?? row.id }, row);
}

/** Each field of what is expected that is another one in what was found. */
function differences(where: string, expected: object, found: object): string[] {
  return Object.entries(expected).flatMap(([field, value]) => {
    const other: unknown = Reflect.get(found, field);
    return other === value ? [] : [`${where}: ${field} is ${other}, by the record ${value}`];
  });
}

function compareMaps<T, Row extends { readonly id: string }>(
  teamId: string,
  what: string,
  recorded: ReadonlyMap<string, T>,
  rows: readonly Row[],
  compare: (recorded: T, row: Row) => string[],
): string[] {
  const known = new Set(rows.map(({ id }) => id));
  return [
    ...[...recorded.keys()]
      .filter((id) => !known.has(id))
      .map((id) => `rule 11: ${what} ${id} of ${teamId} has no row`),
    ...rows.flatMap((row) => {
      const one = recorded.get(row.id);
      return one ? compare(one, row) : [`rule 11: ${what} ${row.id} of ${teamId} is not in the record`];
    }),
  ];
}

/** How the history of holdings differs from what follows from the record of some teams. */
export function compareClosedHoldings(
  teams: Iterable<TeamState>,
  rows: ReadonlyMap<string, { count: number; digest: bigint }>,
): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const team of teams) {
    for (const [licenceId, { count, digest }] of team.closed) {
      seen.add(licenceId);
      const row = rows.get(licenceId);
      if (row?.count === count && row.digest === digest) continue;
      const differ = row?.count === count ? 'not those of the record' : `by the record ${count}`;
      faults.push(`rule 1: ${licenceId} of ${team.id} was held ${row?.count ?? 0} times before, ${differ}`);
    }
  }
  for (const [licenceId, { count }] of rows) {
    if (!seen.has(licenceId)) faults.push(`rule 1: ${licenceId} was held ${count} times before, by the record never`);
  }
  return faults;
}
