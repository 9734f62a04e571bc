import pg from 'pg';
import type { Client } from '../../contract/client.ts';
import type { LicenceId, MemberId } from '../../domain/id.ts';
import { demoPeople } from '../../server/demo/people.ts';
import type { ServerProcess } from '../../server/tests/harness/server-process.ts';
import type { DemoOffice } from '../demo-office.ts';
import { findDemoOffice, orderLicences } from '../demo-office.ts';
import type { Place } from '../place.ts';
import { makeServiceKey } from '../service-key.ts';

const APPLICATION = 'sketchpad';
const LICENCES = 20;
/** A key is known to every process within a second. */
const KNOWN_MILLISECONDS = 1500;

/** The demo's team with licences enough for everybody, as its owner and its applications see it. */
export interface Office extends DemoOffice {
  readonly ownerCookie: string;
  readonly serviceKey: string;
  readonly deviceToken: string;
  /** Who holds a licence now, and who could be given one. */
  readonly holders: { readonly memberId: MemberId; readonly licenceId: LicenceId }[];
  readonly others: MemberId[];
  /** The address of somebody who has a licence all the time. */
  readonly holderEmail: string;
}

/** Sells licences to the demo's team, and signs its owner and an application in. */
export async function openOffice(place: Place, server: ServerProcess): Promise<Office> {
  const as = ({ email }: { email: string }) => server.as(email);
  const [agent, owner, member] = await Promise.all([as(demoPeople.agent), as(demoPeople.owner), as(demoPeople.member)]);
  const demo = await sell(agent);
  const { teamId } = demo;
  const { items } = await owner.listMembers({ teamId, query: { limit: 100 } });
  const { licences } = await owner.listLicences({ teamId });
  const accepted = items.filter(({ state }) => state === 'accepted');
  const holders = licences.flatMap(({ id, state, memberId }) =>
    state === 'held' && memberId ? [{ memberId, licenceId: id }] : [],
  );
  const constant = holders.pop();
  const holderEmail = accepted.find(({ id }) => id === constant?.memberId)?.email;
  if (!constant || !holderEmail) throw new Error('nobody in the demo holds a licence');
  const busy = new Set([constant, ...holders].map(({ memberId }) => memberId));
  return {
    ...demo,
    ownerCookie: owner.cookie,
    serviceKey: await keyOf(place),
    deviceToken: await signApplicationIn(server.url, member),
    holders,
    others: accepted.map(({ id }) => id).filter((id) => !busy.has(id)),
    holderEmail,
  };
}

async function sell(agent: Client): Promise<DemoOffice> {
  const office = await findDemoOffice(agent);
  const orderId = await orderLicences(agent, office, LICENCES);
  while ((await agent.getOrder({ orderId })).state !== 'completed') await new Promise((end) => setTimeout(end, 50));
  return office;
}

async function keyOf({ databaseUrl }: Place): Promise<string> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const key = await makeServiceKey(pool, APPLICATION);
  await pool.end();
  await new Promise((known) => setTimeout(known, KNOWN_MILLISECONDS));
  return key;
}

/** The device flow (RFC 8628), with somebody who approves at once. */
async function signApplicationIn(url: string, person: Client): Promise<string> {
  const post = async (path: string, form: Record<string, string>) => {
    const response = await fetch(url + path, { method: 'POST', body: new URLSearchParams(form) });
    return (await response.json()) as Record<string, string>;
  };
  const { device_code = '', user_code = '' } = await post('/oauth/device_authorization', { client_id: APPLICATION });
  await person.approveDeviceRequest({ body: { userCode: user_code } });
  const { access_token } = await post('/oauth/token', {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: APPLICATION,
    device_code,
  });
  if (!access_token) throw new Error('the application got no token');
  return access_token;
}
