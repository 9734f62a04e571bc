import type { OperationName } from '../../../contract/endpoints.ts';
import type { Expectation } from './expectation.ts';
import {
  byLink,
  forAnyPerson,
  forEverybody,
  forItsAgent,
  forOneself,
  forServices,
  forStaff,
  forWhoeverIs,
  inTeam,
  ofCustomer,
} from './shorthand.ts';

/** An operation, or one of the things that it does: `makeTeam:forCustomer`. */
export type CaseName = OperationName | `${OperationName}:${string}`;

/**
 * Who may do what: the one table that the matrix is judged by. It follows product.md, "Who may do what", and nothing of the server.
 *
 * An address without its line here, or a line without its address, fails the build.
 */
export const expectations = {
  // The deployment
  getDeployment: forAnyPerson,
  listDemoSignIns: forAnyPerson,
  listMailbox: { ...forAnyPerson, showsAll: 'a demo shows the mails of everybody, and exists in a demo alone' },
  getPublicKeys: forEverybody,
  getAccessConfiguration: forEverybody,

  // The own account
  signUp: { ...forAnyPerson, oneOfEach: 'hashes' },
  signIn: { ...forAnyPerson, oneOfEach: 'endsSession' },
  signOut: { ...forAnyPerson, oneOfEach: 'endsSession' },
  requestPasswordReset: { ...forAnyPerson, oneOfEach: 'hashes' },
  getMe: forOneself,
  changeMe: forOneself,
  // Whoever has no password has none that is right.
  changePassword: { ...forOneself, otherwise: 'wrongPassword', oneOfEach: 'hashes' },
  endSignIns: { ...forOneself, otherwise: 'wrongPassword', oneOfEach: 'hashes' },
  listSignIns: forOneself,
  listMyLeases: forOneself,
  listMyEntitlements: { ...forOneself, access: 'token' },
  explainMine: { ...forOneself, access: 'token' },
  listRecord: forOneself,
  findDeviceRequest: forOneself,
  approveDeviceRequest: forOneself,
  denyDeviceRequest: forOneself,
  listTeams: forOneself,
  makeTeam: forOneself,

  // What a signed-in application does for its account
  issueLease: {
    ...inTeam('application'),
    access: 'application',
    answers: { application: 'done' },
    otherwise: 'leaseRefused',
    bySession: 'notSignedIn',
  },
  sendReceipt: {
    ...inTeam('application'),
    access: 'token',
    answers: { application: 'done' },
    bySession: 'forbidden',
  },

  // What an application asks with its key
  evaluate: forServices,
  evaluateAll: forServices,
  searchSubjects: forServices,
  searchResources: forServices,
  searchActions: forServices,

  // Products, prices, partners
  getPriceList: forWhoeverIs('agent'),
  getCatalogue: forStaff,

  // Customers
  listCustomers: forWhoeverIs('staff agent owner administrator'),
  getCustomer: ofCustomer('staff agent owner administrator'),
  requestCustomer: forWhoeverIs('agent'),
  listCustomerRequests: forWhoeverIs('staff agent'),
  confirmCustomerRequest: forStaff,
  declineCustomerRequest: forStaff,
  'makeTeam:forCustomer': ofCustomer('staff agent'),

  // Offers
  listOffers: forWhoeverIs('staff agent owner administrator'),
  getOffer: ofCustomer('staff agent owner administrator'),
  makeOffer: forItsAgent,
  changeOffer: forItsAgent,
  sendOffer: forItsAgent,
  acceptOfferByPhone: forItsAgent,
  cancelOffer: forItsAgent,

  // Orders
  listOrders: forWhoeverIs('staff agent owner administrator'),
  getOrder: ofCustomer('staff agent owner administrator'),
  placeOrder: forItsAgent,
  completeOrder: ofCustomer('agent owner', { forbidden: 'staff administrator' }),
  sendOrderLink: ofCustomer('agent', { forbidden: 'staff owner administrator' }),
  processOrder: forStaff,
  refuseOrder: forStaff,

  // Teams and members
  getTeam: inTeam('staff agent owner administrator licenceManager member external'),
  renameTeam: inTeam('owner administrator'),
  correctOwner: inTeam('', { teamClaimed: 'agent' }),
  'correctOwner:unclaimed': ofCustomer('agent', { forbidden: 'staff' }),
  listMembers: inTeam('staff owner administrator licenceManager member external'),
  inviteMembers: inTeam('owner administrator'),
  sendInvitationAgain: inTeam('owner administrator'),
  changeMember: inTeam('owner administrator'),
  removeMember: inTeam('owner administrator'),
  offerOwnership: inTeam('owner'),
  acceptOwnership: inTeam('', {
    ownershipNotOffered: 'owner administrator licenceManager member external',
  }),
  readPeopleFile: { ...inTeam('owner administrator'), showsAll: 'it says again what the file says' },

  // Licences and what goes with them; a command names the team to its members alone
  listLicences: inTeam('staff owner administrator licenceManager member external'),
  giveLicence: inTeam('owner administrator licenceManager', { notFound: 'staff agent' }),
  takeLicence: inTeam('owner administrator licenceManager', { notFound: 'staff agent' }),
  moveLicence: inTeam('owner administrator licenceManager', { notFound: 'staff agent' }),
  getStorage: inTeam('staff owner administrator licenceManager member external'),
  listTeamLeases: inTeam('staff owner administrator licenceManager'),
  listReceipts: inTeam('staff owner administrator licenceManager member external'),
  explainMember: inTeam('staff owner administrator licenceManager'),

  // Links from mails
  openLink: byLink('offer', false),
  acceptOffer: byLink('offer', false),
  rejectOffer: byLink('offer', false),
  disputeAcceptance: byLink('dispute', false),
  completeOrderByLink: byLink('completeOrder', false),
  confirmAccount: byLink('confirmAccount', false),
  resetPassword: { ...byLink('resetPassword', false), oneOfEach: 'hashes' },
  claimTeam: byLink('claimTeam', true),
  joinCustomer: byLink('joinCustomer', true),
  acceptInvitation: byLink('invitation', true),

  // Notices
  listNotices: forStaff,
  sendNoticeAgain: forStaff,
} as const satisfies Readonly<Partial<Record<CaseName, Expectation>>>;

/** The addresses that stand in no OpenAPI document, with who may call them. */
export const others = {
  'GET /v1/me/stream': { ...forOneself, access: 'token' },
  'GET /v1/status-lists/:list': forEverybody,
  'POST /oauth/device_authorization': forEverybody,
  'POST /oauth/token': forEverybody,
  'POST /oauth/revoke': forEverybody,
  'GET /health/live': forEverybody,
  'GET /health/ready': forEverybody,
  'GET /openapi.json': forEverybody,
  'GET /docs': forEverybody,
  'GET /docs/start.js': forEverybody,
  'GET /docs/:file': forEverybody,
} as const satisfies Readonly<Record<string, Expectation>>;
