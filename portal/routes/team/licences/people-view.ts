import type { Member } from '../../../../contract/team.ts';
import type { SearchKey } from '../../../../domain/search-key.ts';
import { searchKey } from '../../../../domain/search-key.ts';
import { teamRoles } from '../../../../domain/team.ts';

/** A person of the table with what searching and sorting compare, worked out once. */
export interface Person {
  readonly member: Member;
  readonly key: SearchKey;
}

export const peopleFilters = ['all', 'with', 'without', 'invited'] as const;
export type PeopleFilter = (typeof peopleFilters)[number];

export const peopleOrders = ['name', 'role', 'state'] as const;
export type PeopleOrder = (typeof peopleOrders)[number];

export interface PeopleView {
  readonly search: string;
  readonly filter: PeopleFilter;
  readonly order: PeopleOrder;
  readonly isDescending: boolean;
}

export const firstView: PeopleView = { search: '', filter: 'all', order: 'name', isDescending: false };

export function personOf(member: Member): Person {
  return { member, key: searchKey(`${member.name} ${member.email}`) };
}

/** People in the order of the view; who is alike in it stands by name. */
export function sortPeople(people: readonly Person[], { order, isDescending }: PeopleView): Person[] {
  const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
  const byName = (one: Person, other: Person) =>
    collator.compare(one.member.name, other.member.name) || (one.member.id < other.member.id ? -1 : 1);
  const rank = ranks[order];
  const direction = isDescending ? -1 : 1;
  if (!rank) return people.toSorted((one, other) => direction * byName(one, other));
  return people.toSorted((one, other) => direction * (rank(one.member) - rank(other.member)) || byName(one, other));
}

const ranks: Record<PeopleOrder, ((member: Member) => number) | undefined> = {
  name: undefined,
  role: ({ role }) => teamRoles.indexOf(role),
  state: ({ state }) => (state === 'invited' ? 0 : 1),
};

interface Selection {
  /** Whether a person has a licence of any product, or one reserved. */
  hasLicence: (memberId: string) => boolean;
  /** People who stay in the list although the filter speaks against them: whoever was just ticked in it. */
  kept: ReadonlySet<string>;
}

/** The people whom filter and search let through, in the order that they come in. */
export function filterPeople(people: readonly Person[], view: PeopleView, { hasLicence, kept }: Selection): Person[] {
  const words = searchKey(view.search).split(' ').filter(Boolean);
  return people.filter(
    ({ member, key }) =>
      words.every((word) => key.includes(word)) && (kept.has(member.id) || passes(member, view.filter, hasLicence)),
  );
}

export function countPeople(
  people: readonly Person[],
  hasLicence: Selection['hasLicence'],
): Record<PeopleFilter, number> {
  const count = (filter: PeopleFilter) => people.filter(({ member }) => passes(member, filter, hasLicence)).length;
  return { all: people.length, with: count('with'), without: count('without'), invited: count('invited') };
}

function passes(member: Member, filter: PeopleFilter, hasLicence: Selection['hasLicence']): boolean {
  if (filter === 'all') return true;
  if (filter === 'invited') return member.state === 'invited';
  return hasLicence(member.id) === (filter === 'with');
}
