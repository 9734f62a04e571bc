import { randomBytes } from 'node:crypto';
import { signUp } from '../../server/tests/harness/account-builder.ts';
import type { SignedIn, TestApp } from '../../server/tests/harness/app.ts';
import { makeApplication, makeDeviceToken, makeKey } from '../../server/tests/harness/application-builder.ts';
import { startDevice } from '../../server/tests/harness/device-builder.ts';
import type { DeviceKeys } from '../../server/tests/harness/lease-builder.ts';
import { askLease, makeDeviceKeys, makeProof, proofClaims } from '../../server/tests/harness/lease-builder.ts';
import type { Market } from '../../server/tests/harness/sale-builder.ts';
import { makeAccepted, makeCustomer, makeOffer, makePending } from '../../server/tests/harness/sale-builder.ts';
import { addLicences, addMember, invite, makeTeam } from '../../server/tests/harness/team-builder.ts';

/** Somebody who calls, by what is sent to be believed. */
export interface Role {
  readonly name: string;
  readonly headers: readonly (readonly [string, string])[];
  /** The team that it is in. */
  readonly teamId?: string;
  /** The token and key of a signed-in application, which can prove itself. */
  readonly device?: { readonly token: string; readonly keys: DeviceKeys };
}

/** Who calls and what there is to call about; the rest is in the database. */
export interface World {
  readonly roles: readonly Role[];
  /** Those whose session may end without anybody missing it. */
  readonly leavers: readonly Role[];
  /** Codes that devices show and poll with. */
  readonly userCodes: readonly string[];
  readonly deviceCodes: readonly string[];
  readonly clientId: string;
}

const person = (name: string, { cookie }: SignedIn, teamId?: string): Role => ({
  name,
  headers: [['cookie', cookie]],
  ...(teamId !== undefined && { teamId }),
});
const bearer = (name: string, token: string): Role => ({ name, headers: [['authorization', `Bearer ${token}`]] });

/** Makes teams, sales, devices and everybody's sign-in anew: what ten thousand hostile calls have used up is there again. */
export async function makeWorld(app: TestApp, market: Market, number: number): Promise<World> {
  const at = `w${number}.example`;
  const team = await makeTeam(app, `owner@${at}`, `Team ${number}`);
  const other = await makeTeam(app, `other@${at}`, `Other ${number}`);
  for (const { teamId } of [team, other]) await addLicences(app, { teamId, productId: market.share, quantity: 5 });
  const administrator = await addMember(app, team, `administrator@${at}`, { role: 'administrator' });
  const manager = await addMember(app, team, `manager@${at}`, { role: 'licenceManager' });
  const member = await addMember(app, team, `member@${at}`);
  const foreign = await addMember(app, other, `foreign@${at}`);
  const invited = await invite(team, `invited@${at}`);
  for (const memberId of [member.memberId, manager.memberId, invited]) {
    await team.owner.giveLicence({ teamId: team.teamId, body: { productId: market.share, memberId } });
  }
  await other.owner.giveLicence({
    teamId: other.teamId,
    body: { productId: market.share, memberId: foreign.memberId },
  });
  await sell(app, market, number);
  await signUp(app, `unconfirmed@${at}`);
  await app.anonymous.requestPasswordReset({ body: { email: `member@${at}` } });

  const clientId = `studio${number}`;
  const applicationId = await makeApplication(app, clientId, [market.share]);
  const otherApplication = await makeApplication(app, `other${number}`, [market.storage]);
  const devices = await Promise.all([1, 2, 3].map(() => startDevice(app, clientId)));
  const device = await signedInDevice(
    'device',
    await makeDeviceToken(app, applicationId, member.person.accountId),
    team.teamId,
  );
  const foreignDevice = await signedInDevice(
    'foreignDevice',
    await makeDeviceToken(app, otherApplication, foreign.person.accountId),
    other.teamId,
  );
  for (const { headers, device: known } of [device, foreignDevice]) {
    if (!known) continue;
    const proof = await makeProof(known.keys, proofClaims(app, known.token));
    await askLease(app, {
      token: known.token,
      proof,
      body: { productId: market.share, teamId: team.teamId },
      headers: Object.fromEntries(headers),
    });
  }
  const revoked = await makeDeviceToken(app, applicationId, member.person.accountId);
  await app.ground.db
    .deleteFrom('deviceToken')
    .where('accountId', '=', member.person.accountId)
    .where('place', 'is not', null)
    .execute();
  const leavers = await Promise.all([1, 2, 3].map((one) => app.as(`leaver${one}@${at}`)));
  return {
    roles: [
      person('staff', market.staff),
      person('agent', market.agent),
      person('otherAgent', market.otherAgent),
      person('owner', team.owner, team.teamId),
      person('administrator', administrator.person, team.teamId),
      person('licenceManager', manager.person, team.teamId),
      person('member', member.person, team.teamId),
      person('otherOwner', other.owner, other.teamId),
      person('foreignMember', foreign.person, other.teamId),
      person('stranger', await app.as(`stranger@${at}`)),
      device,
      foreignDevice,
      bearer('revokedDevice', `${revoked.slice(0, -4)}AAAA`),
      bearer('service', await makeKey(app, clientId)),
      bearer('otherService', await makeKey(app, `other${number}`)),
      bearer('unknownBearer', randomBytes(32).toString('base64url')),
      { name: 'anonymous', headers: [] },
    ],
    leavers: [...leavers.map((one, index) => person(`leaver${index}`, one)), { name: 'anonymous', headers: [] }],
    userCodes: devices.map(({ userCode }) => userCode),
    deviceCodes: devices.map(({ deviceCode }) => deviceCode),
    clientId,
  };
}

async function signedInDevice(name: string, token: string, teamId: string): Promise<Role> {
  return { ...bearer(name, token), teamId, device: { token, keys: await makeDeviceKeys() } };
}

/** Offers and orders in every state that they can be found in. */
async function sell(
  app: TestApp,
  { agent, otherAgent, share, storage, reviewed }: Market,
  number: number,
): Promise<void> {
  const customer = await makeCustomer(agent, { name: `Office ${number}` });
  const foreign = await makeCustomer(otherAgent, { name: `Kancelář ${number}` });
  const wanted = { customerId: customer.id, productId: share };
  await makeOffer(agent, wanted);
  const sent = await makeOffer(agent, { ...wanted, productId: storage });
  await agent.sendOffer({ offerId: sent.id, ifMatch: sent.version });
  await makeAccepted(agent, wanted);
  const pending = await makePending(agent, wanted);
  await agent.sendOrderLink({ orderId: pending.id });
  const held = await makeAccepted(agent, { ...wanted, productId: reviewed });
  const ownerEmail = `buyer@w${number}.example`;
  const team = await agent.makeTeam({ body: { name: `Bought ${number}`, customerId: customer.id, ownerEmail } });
  await agent.placeOrder({ body: { offerId: held.id, teamId: team.id } });
  const completed = await makeAccepted(agent, wanted);
  await agent.placeOrder({ body: { offerId: completed.id, teamId: team.id } });
  await makeOffer(otherAgent, { ...wanted, customerId: foreign.id });
  await app.settled();
}
