/**
 * Every code that a problem answer can carry, with its HTTP status and its English title.
 *
 * The list is closed: clients switch on the code, the portal has a text for each, and a code without one does not compile.
 */
export const errorCodes = {
  // The request itself
  malformedJson: { status: 400, title: 'The body is not valid JSON.' },
  invalidRequest: { status: 422, title: 'A field of the request is missing or wrong.' },
  bodyTooLarge: { status: 413, title: 'The body is larger than allowed.' },
  unsupportedMediaType: { status: 415, title: 'The body has a media type that is not understood here.' },
  notFound: { status: 404, title: 'There is no such thing, or it is not yours to see.' },
  methodNotAllowed: { status: 405, title: 'This address does not take that method.' },
  tooManyRequests: { status: 429, title: 'Too many requests. Try again later.' },
  idempotencyKeyReused: { status: 422, title: 'This Idempotency-Key was used for a different request.' },
  idempotencyInProgress: { status: 409, title: 'A request with this Idempotency-Key is still running.' },
  preconditionRequired: { status: 428, title: 'The request must name the version that it was based on (If-Match).' },
  versionChanged: { status: 412, title: 'It was changed since you read it.' },
  databaseUnavailable: { status: 503, title: 'The database cannot be reached at the moment. Try again.' },
  overloaded: { status: 503, title: 'There is more to do than can be done at once. Try again in a moment.' },
  internalError: { status: 500, title: 'Something went wrong on our side.' },

  // Who asks
  notSignedIn: { status: 401, title: 'Sign in first.' },
  wrongCredentials: { status: 401, title: 'E-mail address or password is wrong.' },
  wrongPassword: { status: 403, title: 'That is not your password.' },
  accountNotConfirmed: { status: 403, title: 'The e-mail address of this account is not confirmed yet.' },
  forbidden: { status: 403, title: 'Your role does not allow this.' },
  crossSite: { status: 403, title: 'The request comes from another site.' },
  tokenScope: { status: 403, title: 'This token serves its own entitlement only.' },
  wrongHost: { status: 421, title: 'This server does not answer under that host name.' },
  passwordTooWeak: { status: 422, title: 'The password is too short, too long or too common.' },

  // Links from mails
  linkUnknown: { status: 404, title: 'This link is not valid.' },
  linkExpired: { status: 410, title: 'This link has expired.' },
  linkUsed: { status: 410, title: 'This link was used already.' },
  linkEnded: { status: 410, title: 'This link was replaced or withdrawn.' },
  linkOtherAccount: { status: 409, title: 'This link is for another e-mail address than the one signed in.' },
  linkSignInNeeded: { status: 401, title: 'An account with this e-mail address exists. Sign in with it first.' },

  // Customers
  customerRequestDecided: { status: 409, title: 'This request was decided already.' },
  customerNumberTaken: { status: 409, title: 'A customer with this number exists already.' },
  partnerUnknown: { status: 422, title: 'There is no partner with this key.' },

  // Offers
  productUnknown: { status: 422, title: 'There is no such product.' },
  priceMissing: { status: 422, title: 'The price list has no price for this product and term.' },
  discountTooHigh: { status: 422, title: 'The discount is above your limit.' },
  offerExpired: { status: 409, title: 'The offer has expired.' },
  offerNotSent: { status: 409, title: 'The offer has not been sent yet.' },
  offerAlreadyAccepted: { status: 409, title: 'The offer was accepted already.' },
  offerRejected: { status: 409, title: 'The offer was declined.' },
  offerCancelled: { status: 409, title: 'The offer was withdrawn.' },
  offerNotAccepted: { status: 409, title: 'The offer has not been accepted yet.' },
  offerNotChangeable: { status: 409, title: 'The offer can no longer be changed.' },

  // Orders
  offerAlreadyOrdered: { status: 409, title: 'This offer was ordered already.' },
  orderNotPending: { status: 409, title: 'The order does not wait for a team.' },
  orderNotHeld: { status: 409, title: 'The order does not wait for a decision.' },
  teamNotMatched: { status: 409, title: 'No team of this customer has that name and owner.' },
  severalTeamsMatched: { status: 409, title: 'Several teams of this customer have that name and owner.' },

  // Teams and members
  teamUnclaimed: { status: 409, title: 'The owner has not confirmed the team yet.' },
  teamClaimed: { status: 409, title: 'The owner has confirmed the team already.' },
  memberUnknown: { status: 422, title: 'There is no such member in this team.' },
  memberNotAccepted: { status: 409, title: 'The member has not accepted the invitation yet.' },
  memberNotInvited: { status: 409, title: 'The invitation is no longer open.' },
  alreadyMember: { status: 409, title: 'This e-mail address is in the team already.' },
  ownerCannotLeave: { status: 409, title: 'The owner stays until a new owner has accepted.' },
  externalRole: { status: 422, title: 'An external person can be a plain member only.' },
  roleNotGrantable: { status: 403, title: 'You cannot give this role.' },
  ownershipNotOffered: { status: 409, title: 'The ownership of this team is not offered to you.' },

  // Licences
  licencesExhausted: { status: 409, title: 'No licence is free.' },
  alreadyHolds: { status: 409, title: 'This person already has a licence of this product.' },
  holderChanged: { status: 409, title: 'Somebody else has this licence now.' },
  licenceNotHeld: { status: 409, title: 'Nobody has this licence.' },
  sameMember: { status: 422, title: 'The licence cannot move to the person who has it.' },
  noSubscription: { status: 409, title: 'The team has no running subscription of this product.' },

  // Files
  fileNotTable: { status: 422, title: 'The file is not a CSV table.' },
  fileUnknownColumns: { status: 422, title: 'The columns of the file are not recognised.' },
  fileTooLarge: { status: 413, title: 'The file is too large.' },

  // Leases
  leaseRefused: { status: 403, title: 'The account may not use this product in this team now.' },
  invalidDpopProof: { status: 400, title: 'The proof of the device key (DPoP) is missing or wrong.' },
  signingUnavailable: { status: 503, title: 'Nothing can be signed at the moment. Try again later.' },

  // Notices and devices
  noticeNotFailed: { status: 409, title: 'Only a notice that failed can be sent again.' },
  deviceCodeUnknown: { status: 404, title: 'This code is not known or has expired.' },
  deviceCodeDecided: { status: 409, title: 'This code was decided already.' },
  applicationUnknown: { status: 401, title: 'There is no such application.' },

  // Checks
  accessRequestInvalid: { status: 400, title: 'This is no request of the Authorization API.' },
  revisionNotReached: { status: 409, title: 'The team has not come to the revision that was asked for.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorCodes;
