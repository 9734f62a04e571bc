import { spawnSync } from 'node:child_process';
import type { Client } from '../../contract/client.ts';
import type { LicenceId, MemberId, ProductId, TeamId } from '../../domain/id.ts';
import type { ServerProcess } from '../../server/tests/harness/server-process.ts';
import type { Place } from '../place.ts';

const AGENT = 'eva.lang@bim-partner-sachsen.example';
const OWNER = 'anna-lena.boehm@buero-sued.example';
const MEMBER = 'lukas.schaefer@buero-sued.example';
const CUSTOMER_NUMBER = '123757';
const APPLICATION = 'sketchpad';
const LICENCES = 20;
const KEY_PROGRAM = new URL('../../tools/key.ts', import.meta.url).pathname;

/** The demo's team with licences enough for everybody, as its owner and its applications see it. */
export interface Office {
  readonly teamId: TeamId;
  readonly productId: ProductId;
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
  const [agent, owner, member] = await Promise.all([server.as(AGENT), server.as(OWNER), server.as(MEMBER)]);
  const { teamId, productId } = await sell(agent);
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
    teamId,
    productId,
    ownerCookie: owner.cookie,
    serviceKey: makeServiceKey(place),
    deviceToken: await signApplicationIn(server.url, member),
    holders,
    others: accepted.map(({ id }) => id).filter((id) => !busy.has(id)),
    holderEmail,
  };
}

async function sell(agent: Client): Promise<{ teamId: TeamId; productId: ProductId }> {
  const { items } = await agent.listCustomers({ query: { search: CUSTOMER_NUMBER } });
  const customerId = items[0]?.id;
  const { products } = await agent.getPriceList();
  const productId = products.find(({ kind }) => kind === 'namedLicence')?.id;
  if (!customerId || !productId) throw new Error('the demo has no customer or no product');
  const teamId = (await agent.getCustomer({ customerId })).teams[0]?.id;
  if (!teamId) throw new Error('the demo has no team');
  const lines = [{ productId, quantity: LICENCES, termMonths: 12 }];
  const { id, version } = await agent.makeOffer({ body: { customerId, lines } });
  await agent.acceptOfferByPhone({ offerId: id, ifMatch: version, body: { acceptedBy: 'Anna' } });
  const { id: orderId } = await agent.placeOrder({ body: { offerId: id, teamId } });
  while ((await agent.getOrder({ orderId })).state !== 'completed') await new Promise((end) => setTimeout(end, 50));
  return { teamId, productId };
}

function makeServiceKey({ databaseUrl, folder }: Place): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [KEY_PROGRAM, APPLICATION], {
    env: { ...process.env, DATABASE_URL: databaseUrl, NAMESAKE_DATA: folder },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`no service key was made: ${stderr}`);
  return stdout.trim();
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
