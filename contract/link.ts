import { z } from 'zod';
import { password } from './account.ts';
import { endpoint } from './endpoint.ts';
import { offer } from './offer.ts';
import { order } from './order.ts';
import { calendarDate, emailAddress, emailText, id, language, words } from './shape.ts';

export const linkKind = z.enum([
  'confirmAccount',
  'resetPassword',
  'offer',
  'dispute',
  'completeOrder',
  'claimTeam',
  'joinCustomer',
  'invitation',
]);

export type LinkKind = z.infer<typeof linkKind>;

/** How the account of the link's e-mail address stands: what its bearer has to do first. */
export const linkAccount = z
  .object({
    email: emailAddress,
    /** `none` choose a name and a password; `unconfirmed` the same, it replaces the earlier one; `known` sign in; `signedIn` go on. */
    state: z.enum(['none', 'unconfirmed', 'known', 'signedIn', 'otherSignedIn']),
  })
  .meta({ id: 'LinkAccount' });

const teamSeen = z.object({ id: id('team'), name: z.string() });

/** What a link shows when it is opened. Opening changes nothing. */
export const openedLink = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('confirmAccount'), account: linkAccount, name: z.string() }),
    z.object({ kind: z.literal('resetPassword'), account: linkAccount }),
    z.object({ kind: z.literal('offer'), language, offer, order: order.nullable() }),
    z.object({ kind: z.literal('dispute'), language, offer, disputed: z.boolean() }),
    z.object({ kind: z.literal('completeOrder'), language, offer, order }),
    z.object({
      kind: z.literal('claimTeam'),
      account: linkAccount,
      team: teamSeen,
      customerName: z.string(),
      customerNumber: z.string(),
      partnerName: z.string(),
    }),
    z.object({
      kind: z.literal('joinCustomer'),
      account: linkAccount,
      team: teamSeen,
      customerName: z.string(),
      customerNumber: z.string(),
      partnerName: z.string(),
    }),
    z.object({
      kind: z.literal('invitation'),
      account: linkAccount,
      team: teamSeen,
      invitedByName: z.string().nullable(),
      productNames: z.array(z.string()).describe('Products of which a licence is reserved.'),
      endsOn: calendarDate,
    }),
  ])
  .meta({ id: 'OpenedLink' });
export type OpenedLink = z.infer<typeof openedLink>;

const params = z.object({ linkId: id('link') });
const secret = z.string().min(20).max(100);
/** Given by somebody who has no account yet or never confirmed it. */
const newAccount = z.object({ name: words(120), password, language: language.default('en') });
const codes = ['linkUnknown', 'linkExpired', 'linkUsed', 'linkEnded', 'tooManyRequests'] as const;
const accountCodes = [...codes, 'linkSignInNeeded', 'linkOtherAccount', 'passwordTooWeak', 'invalidRequest'] as const;

export const linkEndpoints = {
  openLink: endpoint({
    method: 'POST',
    path: '/v1/links/{linkId}/open',
    tag: 'Link',
    summary: 'Shows what a link from a mail is about; changes nothing',
    access: 'link',
    params,
    body: z.object({ secret }),
    response: openedLink,
    codes,
  }),
  acceptOffer: endpoint({
    method: 'POST',
    path: '/v1/links/{linkId}/accept-offer',
    tag: 'Link',
    summary: 'The customer accepts the offer in the version that it read',
    access: 'link',
    params,
    body: z.object({ secret, acceptedBy: words(120) }),
    response: offer,
    changes: true,
    conditional: true,
    codes: [...codes, 'offerExpired', 'offerAlreadyAccepted', 'offerRejected', 'offerCancelled'],
  }),
  rejectOffer: endpoint({
    method: 'POST',
    path: '/v1/links/{linkId}/reject-offer',
    tag: 'Link',
    summary: 'The customer declines the offer',
    access: 'link',
    params,
    body: z.object({ secret, reason: words(500).optional() }),
    response: offer,
    changes: true,
    conditional: true,
    codes: [...codes, 'offerExpired', 'offerAlreadyAccepted', 'offerRejected', 'offerCancelled'],
  }),
  disputeAcceptance: endpoint({
    method: 'POST',
    path: '/v1/links/{linkId}/dispute',
    tag: 'Link',
    summary: 'The customer says that nobody there accepted on the phone; the order is held',
    access: 'link',
    params,
    body: z.object({ secret }),
    response: z.object({ held: z.boolean().describe('False when the order was completed before.') }),
    changes: true,
    codes,
  }),
  completeOrderByLink: endpoint({
    method: 'POST',
    path: '/v1/links/{linkId}/complete-order',
    tag: 'Link',
    summary: 'The customer names its team and the owner, or has a team made; works once',
    access: 'link',
    params,
    body: z.object({ secret, teamName: words(80), ownerEmail: emailText, makeTeam: z.boolean().default(false) }),
    response: order,
    changes: true,
    codes: [...codes, 'orderNotPending', 'teamNotMatched', 'severalTeamsMatched'],
  }),
  confirmAccount: endpoint({
    method: 'POST',
    path: '/v1/links/{linkId}/confirm-account',
    tag: 'Link',
    summary: 'Confirms the e-mail address of an account and signs it in',
    access: 'link',
    params,
    body: z.object({ secret }),
    response: z.object({}),
    changes: true,
    codes,
  }),
  resetPassword: endpoint({
    method: 'POST',
    path: '/v1/links/{linkId}/reset-password',
    tag: 'Link',
    summary: 'Sets a new password, ends all sessions and signs in',
    access: 'link',
    params,
    body: z.object({ secret, password }),
    response: z.object({}),
    changes: true,
    codes: [...codes, 'passwordTooWeak'],
  }),
  claimTeam: endpoint({
    method: 'POST',
    path: '/v1/links/{linkId}/claim-team',
    tag: 'Link',
    summary: 'The owner confirms the team; makes the account on the first visit',
    access: 'link',
    params,
    body: z.object({ secret, account: newAccount.optional() }),
    response: z.object({ teamId: id('team') }),
    changes: true,
    codes: accountCodes,
  }),
  joinCustomer: endpoint({
    method: 'POST',
    path: '/v1/links/{linkId}/join-customer',
    tag: 'Link',
    summary: 'The owner of a team without customer confirms that it belongs to the customer who ordered for it',
    access: 'link',
    params,
    body: z.object({ secret }),
    response: z.object({ teamId: id('team') }),
    changes: true,
    codes: accountCodes,
  }),
  acceptInvitation: endpoint({
    method: 'POST',
    path: '/v1/links/{linkId}/accept-invitation',
    tag: 'Link',
    summary: 'Joins the team; a reserved licence becomes held in the same step; makes the account on the first visit',
    access: 'link',
    params,
    body: z.object({ secret, account: newAccount.optional() }),
    response: z.object({ teamId: id('team'), revision: z.int() }),
    changes: true,
    codes: accountCodes,
  }),
};
