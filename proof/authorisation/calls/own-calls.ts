import { PASSWORD } from '../../../server/tests/harness/account-builder.ts';
import { startDevice } from '../../../server/tests/harness/device-builder.ts';
import { LEASES_URL, makeDeviceKeys, makeProof, proofClaims } from '../../../server/tests/harness/lease-builder.ts';
import type { CaseName } from '../table/expectations.ts';
import type { World } from '../world/world.ts';
import type { Call, MakeCall } from './call.ts';

/** Calls about the deployment, the own account and what applications do. */
export const ownCalls = {
  getDeployment: () => ({}),
  listDemoSignIns: () => ({}),
  listMailbox: () => ({}),
  getPublicKeys: () => ({}),
  getAccessConfiguration: () => ({}),
  signUp: ({ next }) => ({
    body: { email: `newcomer${next()}@elsewhere.example`, name: 'Newcomer', password: PASSWORD },
  }),
  signIn: ({ signIn }) => ({ body: signIn }),
  signOut: () => ({}),
  requestPasswordReset: ({ next }) => ({ body: { email: `nobody${next()}@elsewhere.example` } }),
  getMe: () => ({}),
  changeMe: () => ({ body: { language: 'en' } }),
  changePassword: () => ({ body: { currentPassword: PASSWORD, newPassword: `${PASSWORD} anew` } }),
  endSignIns: () => ({ body: { currentPassword: PASSWORD, signInId: null } }),
  listSignIns: () => ({}),
  listMyLeases: () => ({}),
  listMyEntitlements: (_, { teamId }) => ({ query: { teamId } }),
  explainMine: (_, { teamId }) => ({ query: { teamId } }),
  listRecord: (_, { teamId }) => ({ query: { streamId: teamId } }),
  findDeviceRequest: deviceRequest,
  approveDeviceRequest: deviceRequest,
  denyDeviceRequest: deviceRequest,
  issueLease: ({ app }, { teamId }) => ({
    body: { productId: 'share', teamId },
    async sign({ authorization = '' }) {
      const token = authorization.replace(/^Bearer /, '');
      return { dpop: await makeProof(await makeDeviceKeys(), { ...proofClaims(app, token), htu: LEASES_URL }) };
    },
  }),
  sendReceipt: (_, { teamId }) => ({ body: { teamId, productId: 'share', revision: 1, state: 'unlocked' } }),
  evaluate: (_, { teamId, people }) => ({
    body: { subject: account(people.member.email), action, resource: share(teamId) },
  }),
  evaluateAll: (_, { teamId, people }) => ({
    body: { subject: account(people.member.email), action, evaluations: [{ resource: share(teamId) }] },
  }),
  searchSubjects: (_, { teamId }) => ({ body: { subject: { type: 'account' }, action, resource: share(teamId) } }),
  searchResources: (_, { people }) => ({
    body: { subject: account(people.member.email), action, resource: { type: 'product' } },
  }),
  searchActions: (_, { teamId, people }) => ({
    body: { subject: account(people.member.email), resource: share(teamId) },
  }),
  listNotices: () => ({}),
  sendNoticeAgain: failedNotice,
} as const satisfies Readonly<Partial<Record<CaseName, MakeCall>>>;

const action = { name: 'use' };
const account = (id: string) => ({ type: 'account', id });
const share = (team: string) => ({ type: 'product', id: 'share', properties: { team } });

async function deviceRequest({ app }: World): Promise<Call> {
  const { userCode } = await startDevice(app, 'sketchpad');
  return { body: { userCode } };
}

/** A mail that could not be handed over. */
async function failedNotice({ app }: World): Promise<Call> {
  const { db, newId, clock } = app.ground;
  const noticeId = newId('ntc');
  const payload = JSON.stringify({ path: '/desk', customerNumber: '1', customerName: 'Newcomer' });
  const to = { recipient: 'nora@newcomer.example', language: 'en' } as const;
  const notice = { id: noticeId, kind: 'customerConfirmed', ...to, payload, linkId: null, subjectId: newId('req') };
  await db
    .insertInto('notice')
    .values({ ...notice, state: 'failed', queuedAt: clock.now() } as never)
    .execute();
  return { params: { noticeId } };
}
