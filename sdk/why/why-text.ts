import type { Finding, WhyData, WhyRemedy } from './finding.ts';

type Text = string | ((data: Words) => string);

/** The data of a finding in words. */
interface Words {
  readonly on: string;
  readonly until: string;
  readonly at: string;
  readonly place: string;
  readonly team: string;
  readonly order: string;
  readonly clock: string;
  /** Whom to ask in the team. */
  readonly owner: string;
  /** Whether the reader can do it. */
  readonly isMine: boolean;
}

const notAsked = 'Not known here.';

/** What each check can find. Whoever shows other languages does so by `code`. */
const findings: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  account: {
    confirmed: 'Your account is in order.',
    notConfirmed: 'Your e-mail address is not confirmed.',
    missing: 'There is no account with this e-mail address.',
    notAsked,
  },
  invitation: {
    none: 'No invitation is open.',
    accepted: 'Your invitation is accepted.',
    open: ({ until }) => `You are invited and have not accepted yet${until && `; the invitation ends on ${until}`}.`,
    claim: 'The team waits for you, its owner, to confirm it.',
    ended: ({ on }) => `Your invitation has ended${on && ` on ${on}`}.`,
  },
  membership: {
    member: 'You are a member of the team.',
    notYet: 'You are not a member of the team yet.',
    removed: 'You were removed from the team.',
    notMember: 'You are not a member of the team.',
    notAsked,
  },
  licence: {
    held: 'You have a licence.',
    reserved: 'A licence waits for you.',
    stopped: 'You have a licence, but its term is over.',
    none: 'You have no licence; the team has one to give.',
    noneFree: 'You have no licence, and the team has none left to give.',
    noSubscription: 'The team has no licences of this product.',
    productUnknown: 'This product is not known to the server.',
    notAsked,
  },
  otherTeam: {
    none: 'No other team of yours has a licence for you.',
    found: ({ team }) => `You have a licence in another team${team && `: ${team}`}.`,
    notAsked,
  },
  term: {
    active: ({ on }) => `The term runs${on && ` until ${on}`}.`,
    grace: ({ on, until }) => `The term has ended${on && ` on ${on}`}; it still works${until && `, until ${until}`}.`,
    suspended: ({ on }) => `The term is over${on && ` since ${on}`}.`,
    ended: 'The term is over, and the licences are gone.',
    notAsked,
  },
  order: {
    none: 'No order is under way.',
    inProgress: ({ order }) => `An order${order} is being processed.`,
    pending: ({ order }) => `An order${order} waits for details.`,
    review: ({ order }) => `An order${order} waits for the vendor.`,
    disputed: ({ order }) => `An order${order} is on hold until a question is cleared up.`,
    notAsked,
  },
  lease: {
    live: ({ at }) => `The lease on this device works without network until ${at}.`,
    none: 'There is no lease on this device.',
    runsOut: ({ at }) =>
      `The licence was taken back; a device without network works on${at && ` until ${at}`} at most.`,
    clockSetBack: 'The lease does not count while the clock is wrong.',
    leaseOfAnotherDevice: 'The lease here belongs to another device.',
    cacheTampered: 'What is kept on this device was changed.',
    wrongKey: 'The lease is signed with a key that is not trusted.',
    leaseExpired: 'The lease on this device has ended.',
    leaseInvalid: 'What is kept as a lease is none for this application.',
    leaseRevoked: 'The lease was revoked.',
  },
  clock: {
    right: 'The clock is right.',
    off: ({ clock }) => `The clock of this device is ${clock}.`,
    setBack: 'The clock of this device was set back.',
    notAsked: 'Nobody could be asked what time it is.',
  },
  contact: {
    connected: 'The server answers.',
    unreachable: 'The server cannot be reached.',
    signedOut: 'Nobody is signed in on this device.',
    pickedUp: 'The application has picked the licence up.',
    notPickedUp: 'The application has not picked the licence up yet.',
    silent: 'The application has not been heard of for long.',
    seen: 'The application has been heard of.',
    never: 'The application has never been heard of.',
  },
};

/** What the reader does, or asks the owner to do. */
const asks =
  (mine: string, theirs: string): Text =>
  ({ isMine, owner }) =>
    isMine ? mine : `Ask ${owner} ${theirs}.`;

const remedies: Readonly<Record<string, Text>> = {
  makeAccount: 'Make an account with this e-mail address.',
  confirmAccount: 'Follow the link in the mail that confirms your e-mail address.',
  acceptInvitation: 'Accept the invitation in your mail.',
  confirmTeam: 'Confirm the team with the link in your mail.',
  inviteAgain: asks('Invite the person again.', 'to invite you again'),
  invite: asks('Invite the person.', 'to invite you'),
  chooseTeam: ({ team }) => `Work in the team ${team || 'where you have a licence'}.`,
  completeOrder: asks('Complete the order.', 'to complete the order'),
  waitForVendor: 'Wait for the vendor to look at the order.',
  clarifyOrder: 'Clear up with the vendor why the order is on hold.',
  waitForOrder: 'Wait a moment: the order is being processed.',
  renew: asks('Renew the licences.', 'to renew the licences'),
  giveLicence: asks('Hand yourself a licence.', 'to hand you a licence'),
  freeLicence: asks(
    'Take a licence back from somebody, or order more.',
    'to take a licence back from somebody, or to order more',
  ),
  orderLicences: asks('Order licences.', 'to order licences'),
  askVendor: 'Ask the vendor.',
  askOwner: ({ owner }) => `Ask ${owner}.`,
  setClock: 'Set the clock of this device right.',
  startApplication: 'Start the application.',
  connect: 'Connect this device to the network once.',
  connectBefore: ({ at }) => `Connect this device to the network before ${at}.`,
  signIn: 'Sign in.',
};

/** A finding in English. One that is not known says no more than its state. */
export function checkText({ check, code, data, state }: Finding): string {
  const text = findings[check]?.[code];
  if (text === undefined) return state === 'problem' ? `There is a problem (${code}).` : notAsked;
  return say(text, data);
}

/** What to do, in English. */
export function remedyText({ code, data }: Omit<WhyRemedy, 'text'>): string {
  return say(remedies[code] ?? `Ask the owner of the team (${code}).`, data);
}

function say(text: Text, data: WhyData): string {
  return typeof text === 'string' ? text : text(wordsOf(data));
}

function wordsOf(data: WhyData): Words {
  const word = (name: string) => (typeof data[name] === 'string' ? data[name] : '');
  const number = word('orderNumber');
  return {
    on: word('on'),
    until: word('until'),
    at: moment(word('at')),
    place: word('place'),
    team: word('teamName'),
    order: number && ` (${number})`,
    owner: word('ownerName') || 'the owner of the team',
    isMine: data.by === 'you',
    clock: clockText(typeof data.seconds === 'number' ? data.seconds : 0),
  };
}

/** A moment as people at this device read it. */
function moment(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? '' : date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

function clockText(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const size = minutes >= 120 ? `${Math.round(minutes / 60)} hours` : `${minutes} minutes`;
  return seconds < 0 ? `${size} behind` : `${size} ahead`;
}
