import type { RemedyCode, WhyCheckName, WhyCode } from '../../../domain/why-code.ts';

/** Each check with each of its findings: `licence.none`. */
export type FindingKey = { [Name in WhyCheckName]: `${Name}.${WhyCode<Name>}` }[WhyCheckName];

export const why = {
  'why.title': 'Why can’t I work?',
  'why.titleOf': 'Why can’t {name} work?',
  'why.lead': 'What it depends on, and the one thing to do.',
  'why.product': 'Product',
  'why.team': 'Team',
  'why.menu': 'Why can’t {name} work?',
  'why.locked': 'It stays locked? See why',
  'why.remedy': 'What to do',
  'why.yes': '{self, select, yes {You can work} other {{name} can work}}',
  'why.yesHow':
    '{self, select, yes {Everything is in order: {product} is yours to use in the team {team}. If the application still says no, start it again.} other {Everything is in order for {product} in the team {team}.}}',
  'why.checks': 'What we looked at',
  'why.checksHint': 'Checked {at}. This page follows changes by itself.',
  'why.state.ok': 'In order',
  'why.state.problem': 'Here it stops',
  'why.state.unknown': 'Not known',
  'why.owner': 'the owner of the team',
  'why.vendor': 'the vendor',
  'why.openTeam': 'Open the team',
  'why.again': 'Look again',
};

export const whyCheck: Record<WhyCheckName, string> = {
  account: 'Account',
  invitation: 'Invitation',
  membership: 'Member of the team',
  licence: 'Licence in this team',
  otherTeam: 'Licence in another team',
  term: 'Term',
  order: 'Order',
  lease: 'Work without network',
  clock: 'Clock of the computer',
  contact: 'Last contact',
};

export const whyFinding: Record<FindingKey, string> = {
  'account.confirmed': 'The account is confirmed.',
  'account.notConfirmed': 'The e-mail address is not confirmed yet.',
  'account.missing': 'There is no account with this e-mail address yet.',
  'account.notAsked': 'Whether there is one is not shown here.',
  'invitation.none': 'There is no invitation.',
  'invitation.accepted': 'The invitation was accepted.',
  'invitation.open':
    '{hasDay, select, yes {The invitation waits to be accepted, until {until}.} other {The invitation waits to be accepted.}}',
  'invitation.claim': 'The team waits for its owner to confirm it.',
  'invitation.ended': 'The invitation has ended.',
  'membership.member': 'In the team.',
  'membership.notYet': 'Follows with the invitation.',
  'membership.removed': 'No longer in the team, since {at}.',
  'membership.notMember': 'Not in this team.',
  'licence.held': 'There is a licence of {product}.',
  'licence.reserved': 'A licence of {product} is kept until the invitation is accepted.',
  'licence.stopped': 'There is a licence of {product}, but its term is over.',
  'licence.none': 'No licence of {product}. The team has free ones.',
  'licence.noneFree': 'No licence of {product}. All that the team has are taken.',
  'licence.noSubscription': 'The team has no licences of {product}.',
  'licence.productUnknown': 'There is no such product.',
  'licence.notAsked': 'Comes after the steps above.',
  'otherTeam.none': 'No other team would help.',
  'otherTeam.found': 'There is a licence of {product} in the team {team}.',
  'otherTeam.notAsked': 'Other teams are not shown here.',
  'term.active': 'Runs until {day}.',
  'term.grace': 'Ended on {day}, and still works until {until}.',
  'term.suspended': 'Ended on {day}. Works again with a renewal.',
  'term.ended': 'Ended on {day} for good.',
  'term.notAsked': 'Nothing to look at yet.',
  'order.none': 'No order is under way.',
  'order.inProgress':
    '{hasNumber, select, yes {The order {number} is being processed.} other {An order is being processed.}}',
  'order.pending':
    '{hasNumber, select, yes {The order {number} waits for its team to be named.} other {An order waits for its team to be named.}}',
  'order.review':
    '{hasNumber, select, yes {The order {number} is on hold: {vendor} looks at it.} other {An order is on hold: {vendor} looks at it.}}',
  'order.disputed':
    '{hasNumber, select, yes {The order {number} is on hold: it was said that nobody had accepted it.} other {An order is on hold: it was said that nobody had accepted it.}}',
  'order.notAsked': 'Comes after the steps above.',
  'lease.live': 'Works without network until {at}.',
  'lease.runsOut': 'The licence is gone, but without network an application can go on until {at}.',
  'lease.none': 'The application needs the network.',
  'clock.right': 'The clock is right.',
  'clock.off':
    '{isAhead, select, yes {The clock is {minutes, plural, one {# minute} other {# minutes}} ahead.} other {The clock is {minutes, plural, one {# minute} other {# minutes}} late.}}',
  'clock.notAsked': 'Was not looked at.',
  'contact.pickedUp':
    '{hasPlace, select, yes {The application on {place} has the licence; last heard of {at}.} other {The application has the licence; last heard of {at}.}}',
  'contact.notPickedUp':
    '{hasPlace, select, yes {The application on {place} has not picked the licence up yet; last heard of {at}.} other {The application has not picked the licence up yet; last heard of {at}.}}',
  'contact.silent':
    '{hasPlace, select, yes {The application on {place} was last heard of {at}.} other {The application was last heard of {at}.}}',
  'contact.seen':
    '{hasPlace, select, yes {The application on {place} was last heard of {at}.} other {The application was last heard of {at}.}}',
  'contact.never': 'No application has asked yet.',
};

/** The one thing to do, as one line. `by` is who can do it, `self` whether the reader is the person concerned. */
export const whyRemedy: Record<RemedyCode, string> = {
  makeAccount: '{by, select, you {Make an account} other {{name} has to make an account}}',
  confirmAccount: '{by, select, you {Confirm your e-mail address} other {{name} has to confirm the e-mail address}}',
  acceptInvitation: '{by, select, you {Accept the invitation to {team}} other {{name} has to accept the invitation}}',
  confirmTeam: '{by, select, you {Confirm the team {team}} other {{name} has to confirm the team}}',
  inviteAgain:
    '{by, select, you {Invite {name} again} other {{self, select, yes {Ask {owner} to invite you again} other {Ask {owner} to invite {name} again}}}}',
  invite:
    '{by, select, you {Invite {name}} other {{self, select, yes {Ask {owner} to invite you} other {Ask {owner} to invite {name}}}}}',
  chooseTeam: 'Choose the team {other} in the application',
  completeOrder: '{by, select, you {Say which team the order is for} other {Ask {owner} to complete the order}}',
  waitForVendor: 'Wait for {vendor}: an order is being looked at',
  clarifyOrder:
    '{by, select, partner {Clear the order up with {partner}} vendor {Clear the order up with {vendor}} other {Ask {owner} to clear the order up}}',
  waitForOrder: 'Wait a moment: the licences are on their way',
  renew:
    '{by, select, partner {Renew the licences with {partner}} vendor {Renew the licences with {vendor}} other {Ask {owner} to renew the licences}}',
  giveLicence:
    '{by, select, you {{self, select, yes {Give yourself a licence} other {Give {name} a licence}}} other {{self, select, yes {Ask {owner} for a licence} other {Ask {owner} to give {name} a licence}}}}',
  freeLicence:
    '{by, select, you {{self, select, yes {Free a licence for yourself} other {Free a licence for {name}}}} other {{self, select, yes {Ask {owner} for a licence} other {Ask {owner} to free a licence for {name}}}}}',
  orderLicences:
    '{by, select, partner {Order licences from {partner}} vendor {Order licences from {vendor}} other {Ask {owner} to order licences}}',
  askVendor: 'Ask {vendor}',
  setClock: '{by, select, you {Set the clock of your computer} other {{name} has to set the clock of the computer}}',
  startApplication:
    '{by, select, you {Start the application and sign in} other {{name} has to start the application and sign in}}',
  connect:
    '{by, select, you {Start the application again, with network} other {{name} has to start the application again, with network}}',
};

/** How to do it, in a sentence or two below the line. */
export const whyHow: Record<RemedyCode, string> = {
  makeAccount: 'With the e-mail address {email}.',
  confirmAccount: 'The link is in the mail that came to {email} after the sign-up.',
  acceptInvitation:
    '{by, select, you {The link is in the mail that came to {email}. No mail there? Whoever invited you can send it again.} other {The link is in the mail to {email}. In the team you can send it again.}}',
  confirmTeam: 'The link is in the mail to {email}. Until then nobody can be invited and no licence given.',
  inviteAgain: 'The invitation was not accepted in time, or it was withdrawn. A new one brings a new mail.',
  invite: 'A licence works only in its team, and only for people in it.',
  chooseTeam: 'You have a licence of {product} there.',
  completeOrder:
    'The order waits for the name of its team and the owner’s e-mail address. The link is in the mail about the order.',
  waitForVendor: 'The licences come by themselves as soon as it is released.',
  clarifyOrder: 'It was said that nobody in the office had accepted it.',
  waitForOrder: 'The order is being processed. This page shows it as soon as they are there.',
  renew: 'Their term is over. Whoever had one has it again with the renewal.',
  giveLicence:
    '{by, select, you {One is free: a tick in the list of people gives it, at once.} other {One is free. As soon as it is given the application unlocks by itself.}}',
  freeLicence:
    'All licences of {product} in the team are taken: one has to move from somebody else, or more are ordered.',
  orderLicences: 'The team {team} has no licences of {product} yet.',
  askVendor: 'This product is not known here.',
  setClock: 'It differs from the right time so much that licences cannot be checked.',
  startApplication:
    '{by, select, you {Sign in as {email}: it unlocks by itself.} other {With the account {email} it unlocks by itself.}}',
  connect: 'It picks the licence up by itself as soon as it reaches the server.',
};
