/**
 * What is looked at when somebody asks "why can't I work?", with the findings that each check can come to.
 *
 * The lists are closed: whoever shows them has a text for each, and a finding without one does not compile.
 */
export const whyCodes = {
  account: ['confirmed', 'notConfirmed', 'missing', 'notAsked'],
  /** `claim` is the owner's own: the team waits for its confirmation. */
  invitation: ['none', 'accepted', 'open', 'claim', 'ended'],
  membership: ['member', 'notYet', 'removed', 'notMember'],
  /** `stopped` is held, but its term is over; `reserved` becomes the person's with the invitation's acceptance. */
  licence: ['held', 'reserved', 'stopped', 'none', 'noneFree', 'noSubscription', 'productUnknown', 'notAsked'],
  otherTeam: ['none', 'found', 'notAsked'],
  term: ['active', 'grace', 'suspended', 'ended', 'notAsked'],
  order: ['none', 'inProgress', 'pending', 'review', 'disputed', 'notAsked'],
  /** `runsOut` is revoked and still works where there is no network. */
  lease: ['live', 'runsOut', 'none'],
  clock: ['right', 'off', 'notAsked'],
  /** `seen` says only that an application asked, `silent` that it has not for longer than a lease lasts. */
  contact: ['pickedUp', 'notPickedUp', 'silent', 'seen', 'never'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The checks, in the order in which people read them. */
export type WhyCheckName = keyof typeof whyCodes;
export type WhyCode<Name extends WhyCheckName = WhyCheckName> = (typeof whyCodes)[Name][number];

/** `unknown` is neither good nor bad: it was not asked, or is not for the reader to know. */
export const whyStates = ['ok', 'problem', 'unknown'] as const;
export type WhyState = (typeof whyStates)[number];

/** The one thing to do. */
export const remedyCodes = [
  'makeAccount',
  'confirmAccount',
  'acceptInvitation',
  'confirmTeam',
  'inviteAgain',
  'invite',
  'chooseTeam',
  'completeOrder',
  'waitForVendor',
  'clarifyOrder',
  'waitForOrder',
  'renew',
  'giveLicence',
  'freeLicence',
  'orderLicences',
  'askVendor',
  'setClock',
  'startApplication',
  'connect',
] as const;
export type RemedyCode = (typeof remedyCodes)[number];

/** Who can do it: the reader, the person whom the reader asks about, those who manage the team, the partner, the vendor. */
export const remedyActors = ['you', 'person', 'owner', 'partner', 'vendor'] as const;
export type RemedyActor = (typeof remedyActors)[number];
