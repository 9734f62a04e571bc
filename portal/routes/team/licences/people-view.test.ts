import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Member } from '../../../../contract/team.ts';
import type { PeopleView } from './people-view.ts';
import { countPeople, filterPeople, firstView, personOf, sortPeople } from './people-view.ts';

// The table reads name, address, role and state of a member only.
const member = (id: string, name: string, part: Partial<Member> = {}) =>
  ({ id, name, email: `${id}@office.example`, role: 'member', state: 'accepted', ...part }) as Member;
const people = [
  member('mem_1', 'Zoë Ölmann', { role: 'administrator' }),
  member('mem_2', 'anna novák', { state: 'invited' }),
  member('mem_3', 'Åsa Müller', { role: 'owner' }),
].map(personOf);
const view = (part: Partial<PeopleView>): PeopleView => ({ ...firstView, ...part });
const hasLicence = (memberId: string) => memberId === 'mem_1';
const names = (list: typeof people) => list.map(({ member: { name } }) => name);

describe('searching people', () => {
  const cases = [
    { search: 'mueller', found: ['Åsa Müller'] },
    { search: 'NOVAK an', found: ['anna novák'] },
    { search: 'mem_2@office', found: ['anna novák'] },
    { search: '   ', found: ['Zoë Ölmann', 'anna novák', 'Åsa Müller'] },
    { search: 'anna mueller', found: [] },
  ];
  for (const { search, found } of cases) {
    it(`finds ${found.length} for “${search}”`, () =>
      assert.deepEqual(names(filterPeople(people, view({ search }), { hasLicence, kept: new Set() })), found));
  }
});

describe('filtering people', () => {
  const cases = [
    { filter: 'with', ids: ['mem_1'] },
    { filter: 'without', ids: ['mem_2', 'mem_3'] },
    { filter: 'invited', ids: ['mem_2'] },
  ] as const;
  for (const { filter, ids } of cases) {
    it(`${filter}: ${ids.length}, and the count says so`, () => {
      const found = filterPeople(people, view({ filter }), { hasLicence, kept: new Set() });
      assert.deepEqual(
        found.map((person) => person.member.id as string),
        ids,
      );
      assert.equal(countPeople(people, hasLicence)[filter], ids.length);
    });
  }

  it('keeps whoever was just ticked, unless the search is for others', () => {
    const kept = new Set(['mem_1']);
    const shown = (search: string) => filterPeople(people, view({ filter: 'without', search }), { hasLicence, kept });
    assert.equal(shown('').length, 3);
    assert.equal(shown('novak').length, 1);
  });
});

describe('sorting people', () => {
  it('goes by name without regard to case and accents', () =>
    assert.deepEqual(names(sortPeople(people, view({}))), ['anna novák', 'Åsa Müller', 'Zoë Ölmann']));

  it('goes by role from the one that may most, and back', () => {
    assert.deepEqual(names(sortPeople(people, view({ order: 'role' }))), ['Åsa Müller', 'Zoë Ölmann', 'anna novák']);
    assert.equal(names(sortPeople(people, view({ order: 'role', isDescending: true })))[0], 'anna novák');
  });

  it('shows the invited first by state, the others by name', () =>
    assert.deepEqual(names(sortPeople(people, view({ order: 'state' }))), ['anna novák', 'Åsa Müller', 'Zoë Ölmann']));
});
