import type { ReasonCatalogue } from './reason-catalogue.ts';

const notAsked = 'The application asked in a way that is not understood. Tell whoever provides it.';

export const en: ReasonCatalogue = {
  grace: 'The term of your licence is over; it works a little longer. Ask the owner of your team to renew it.',
  accountUnknown: 'There is no account with this address yet. Create one with the address that your team knows.',
  accountNotConfirmed:
    'Your e-mail address is not confirmed. Open the link in the mail that you got, or ask for a new one.',
  productUnknown: 'This application is not set up for the product. Tell whoever provides it.',
  teamNotFound: 'There is no such team. Choose another one.',
  notMember: 'You are not in this team. Ask its owner to invite you.',
  removed: 'You are no longer in this team. Ask its owner if that is a mistake.',
  reserved: 'A licence is waiting for you. Accept the invitation to the team, and it is yours.',
  invited: 'Accept the invitation to the team first, then ask its owner for a licence.',
  suspended: 'The term of the licence is over. Ask the owner of your team to renew it.',
  ended: 'The licences of this team have ended. Ask its owner for new ones.',
  noSubscription: 'This team has no licences of the product. Ask its owner.',
  noLicence: 'You have no licence in this team. Ask its owner for one.',
  subjectTypeUnknown: notAsked,
  actionUnknown: notAsked,
  resourceTypeUnknown: notAsked,
  teamMissing: 'No team is chosen. Choose the one that you work in.',
  requestInvalid: notAsked,
  revisionNotReached: 'The latest change of your team has not arrived yet. Try again in a moment.',
  unavailable: 'Licences cannot be checked at the moment. Try again in a minute.',
};

/** What whoever runs the team or the application can do. */
export const administration: ReasonCatalogue = {
  grace: 'The subscription is in its grace. Order a renewal before `until`.',
  accountUnknown: 'No account has this id or e-mail address. Send the one that the sign-in gave you.',
  accountNotConfirmed: 'The account has not confirmed its e-mail address yet.',
  productUnknown: 'No product of this application has this id or key.',
  teamNotFound: 'No team has this id.',
  notMember: 'Invite the person to the team.',
  removed: 'The person was removed from the team; invite them again.',
  reserved: 'The person has not accepted the invitation; send it again.',
  invited: 'The person has not accepted the invitation; a licence can be reserved meanwhile.',
  suspended: 'The subscription is suspended. Order a renewal; the holders are kept.',
  ended: 'The subscription is terminated. Order a new one.',
  noSubscription: 'The team has no subscription of this product. Order one.',
  noLicence: 'Give the person a licence of this product in this team.',
  subjectTypeUnknown: 'Send `account` as subject.type.',
  actionUnknown: 'Send `use` as action.name.',
  resourceTypeUnknown: 'Send `product` as resource.type.',
  teamMissing: 'Name the team in resource.properties.team: a licence works within its team alone.',
  requestInvalid: 'The evaluation is not well formed; error.message says where.',
  revisionNotReached: 'The team has not come to context.atLeastRevision in time.',
  unavailable: 'The database has been out of reach for too long.',
};
