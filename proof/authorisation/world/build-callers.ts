import { randomBytes } from 'node:crypto';
import type { ApplicationId } from '../../../domain/id.ts';
import type { SignedIn, TestApp } from '../../../server/tests/harness/app.ts';
import { makeDeviceToken, makeKey } from '../../../server/tests/harness/application-builder.ts';
import type { Caller } from './caller.ts';
import type { Joined, Office, Place } from './place.ts';
import { insiders } from './place.ts';

interface Selling {
  readonly name: string;
  readonly email: string;
  readonly office: Office;
}

export interface Somebody {
  readonly staff: SignedIn;
  readonly agents: readonly Selling[];
  readonly formerAgent: SignedIn;
  readonly places: readonly Place[];
  /** Whether everybody of each place asks; else everybody of the first, and of the others who may most. */
  readonly everybody: boolean;
  readonly applicationId: ApplicationId;
}

/** The demo's application, of the product that everybody has. */
const APPLICATION = 'sketchpad';
const PAST = new Date(0);

const session = ({ cookie }: SignedIn) => ({ credential: 'session' as const, headers: { cookie } });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Everybody who may ask, with a right to it or without. */
export async function buildCallers(app: TestApp, people: Somebody): Promise<Caller[]> {
  return [
    { name: 'vendor staff', staff: true, email: 'otto@vendor.example', ...session(people.staff) },
    ...people.agents.map(agentCaller),
    { name: 'agent of a retired partner', email: 'agent@retired.example', ...session(people.formerAgent) },
    ...people.places.flatMap((place) => callersOf(place, people.everybody)),
    {
      name: 'somebody without a team',
      email: 'nobody@elsewhere.example',
      ...session(await app.as('nobody@elsewhere.example')),
    },
    ...(await nobodies(app, people)),
    ...(await applications(app, people)),
  ];
}

function agentCaller({ name, email, office }: Selling): Caller {
  return { name, email, partnerId: office.partnerId, ...session(office.agent) };
}

function callersOf({ key, word, people, invited, removed }: Place, everybody: boolean): Caller[] {
  const asking = everybody || key === 'home' ? insiders : insiders.slice(0, key === 'sibling' ? 2 : 1);
  const inside = asking.map((insider) => ({
    name: `${insider} of ${key}`,
    email: people[insider].email,
    roles: { [key]: insider },
    ...session(people[insider].person),
  }));
  if (asking.length < insiders.length) return inside;
  return [
    ...inside,
    { name: `invited to ${key}`, ...known(invited, `invitee ${word}`), knows: key, ...session(invited.person) },
    { name: `removed from ${key}`, ...known(removed, `leaver ${word}`), knows: key, ...session(removed.person) },
  ];
}

const known = ({ email }: Joined, displayName: string) => ({ email, displayName });

/** Who shows nothing, or something that does not count any more. */
async function nobodies(app: TestApp, { places }: Somebody): Promise<Caller[]> {
  const gone = { credential: 'noSession' } as const;
  const [first] = places;
  const owner = first?.people.owner.email ?? '';
  return [
    { name: 'anonymous', ...gone, headers: {} },
    { name: 'a cookie that never was', ...gone, headers: { cookie: 'namesake.session_token=nothing.of%20ours' } },
    { name: "an owner's session past its end", ...gone, headers: { cookie: await endedSession(app, owner, 'expire') } },
    {
      name: "an owner's session that was signed out",
      ...gone,
      headers: { cookie: await endedSession(app, owner, 'end') },
    },
  ];
}

/** A session of the account that was good, and is no more. */
async function endedSession(app: TestApp, email: string, how: 'expire' | 'end'): Promise<string> {
  const { db } = app.ground;
  const before = await db.selectFrom('session').select('id').execute();
  const { cookie } = await signInAnew(app, email);
  const made = db
    .selectFrom('session')
    .select('id')
    .where(
      'id',
      'not in',
      before.map(({ id }) => id),
    );
  if (how === 'end') await db.deleteFrom('session').where('id', 'in', made).execute();
  else await db.updateTable('session').set({ expiresAt: PAST }).where('id', 'in', made).execute();
  return cookie;
}

/** The harness remembers people by their address as it is written. */
let spelling = 0;
/** Signs an account in once more, with a session of its own. */
export function signInAnew(app: TestApp, email: string): Promise<SignedIn> {
  spelling += 1;
  return app.as(' '.repeat(spelling) + email);
}

async function applications(app: TestApp, { places, applicationId }: Somebody): Promise<Caller[]> {
  const [home] = places;
  if (!home) throw new Error('there is no place');
  const { email, person } = home.people.member;
  const device = () => makeDeviceToken(app, applicationId, person.accountId);
  const revoked = await device();
  await app.ground.db.updateTable('deviceToken').set({ revokedAt: app.clock.now() }).execute();
  const expired = await device();
  const expiresAt = app.clock.now();
  await app.ground.db.updateTable('deviceToken').set({ expiresAt }).where('revokedAt', 'is', null).execute();
  const live = await device();
  const ended = await makeKey(app, APPLICATION);
  await app.ground.db.updateTable('applicationKey').set({ revokedAt: app.clock.now() }).execute();
  const key = await makeKey(app, APPLICATION);
  await app.ground.feed.reload();
  const roles = { [home.key]: 'member' } as const;
  return [
    { name: `application of member of ${home.key}`, credential: 'device', email, roles, headers: bearer(live) },
    { name: 'a device token that was revoked', credential: 'noDevice', headers: bearer(revoked) },
    { name: 'a device token past its end', credential: 'noDevice', headers: bearer(expired) },
    { name: 'a token that never was', credential: 'noDevice', headers: bearer(randomBytes(32).toString('base64url')) },
    { name: 'an application with its service key', credential: 'service', headers: bearer(key) },
    { name: 'a service key that was ended', credential: 'noService', headers: bearer(ended) },
  ];
}
