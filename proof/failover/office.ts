import type { Client } from '../../contract/client.ts';
import type { MemberId } from '../../domain/id.ts';
import { demoColleagues, demoPeople } from '../../server/demo/people.ts';
import { signIn } from '../../server/tests/harness/server-process.ts';
import type { DemoOffice } from '../demo-office.ts';
import { findDemoOffice, orderLicences, required } from '../demo-office.ts';
import { until } from './network.ts';

/** Who works with the demo's team while its database fails. */
export interface Office extends DemoOffice {
  readonly owner: Client;
  readonly agent: Client;
  /** Signs somebody of the demo in. */
  readonly as: (email: string) => Promise<Client>;
  /** Addresses of those who hold a licence all the time. */
  readonly holders: readonly string[];
  /** A member who has none, and an application. */
  readonly waiting: { readonly email: string; readonly memberId: MemberId };
  /** Members whose licences are given and taken back all the time. */
  readonly busy: readonly MemberId[];
}

/** Buys licences for everybody and invites people to give them to: a tick on somebody invited keeps one for them. */
export async function openOffice(url: string, people: number): Promise<Office> {
  const as = (email: string) => signIn(url, email);
  const [owner, agent] = await Promise.all([as(demoPeople.owner.email), as(demoPeople.agent.email)]);
  const demo = await findDemoOffice(agent);
  const { teamId } = demo;
  const office = { ...demo, owner, agent, as };
  await buyLicences(office, people);
  const busy = await inviteMany(office, people);
  const { items: members } = await owner.listMembers({ teamId, query: { limit: 200 } });
  const { licences } = await owner.listLicences({ teamId });
  const held = new Set(licences.flatMap(({ state, memberId }) => (state === 'held' && memberId ? [memberId] : [])));
  const withAccount = [...Object.values(demoPeople), ...demoColleagues].map(({ email }) => email as string);
  const holders = members.filter(({ id, email }) => held.has(id) && withAccount.includes(email));
  const waiting = required(
    members.find(({ email, id }) => email === demoPeople.member.email && !held.has(id)),
    'member without a licence',
  );
  if (holders.length === 0) throw new Error('nobody in the demo holds a licence');
  return {
    ...office,
    busy,
    holders: holders.map(({ email }) => email),
    waiting: { email: waiting.email, memberId: waiting.id },
  };
}

async function buyLicences(
  { agent, owner, ...demo }: DemoOffice & Pick<Office, 'agent' | 'owner'>,
  quantity: number,
): Promise<void> {
  await orderLicences(agent, demo, quantity + 10);
  await until('the licences are there', 30, async () => {
    const { licences } = await owner.listLicences({ teamId: demo.teamId });
    return licences.filter(({ state }) => state === 'free').length > quantity;
  });
}

async function inviteMany({ owner, teamId }: Pick<Office, 'owner' | 'teamId'>, count: number): Promise<MemberId[]> {
  const people = Array.from({ length: count }, (_, index) => ({
    email: `guest${index}@buero-sued.example`,
    name: `Guest ${index}`,
    role: 'member' as const,
  }));
  const { results } = await owner.inviteMembers({ teamId, body: { people } });
  return results.flatMap(({ memberId }) => (memberId ? [memberId] : []));
}
