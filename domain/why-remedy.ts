import type { TeamId } from './id.ts';
import type { WhyCheck } from './why-check.ts';
import type { RemedyActor, RemedyCode, WhyCheckName, WhyCode } from './why-code.ts';
import type { WhyFacts } from './why-fact.ts';

/** The one thing to do, and who can do it. */
export type Remedy = {
  readonly code: RemedyCode;
  readonly data: {
    readonly by: RemedyActor;
    /** Whom to ask in the team, for fellow members alone. */
    readonly ownerName?: string;
    readonly partnerName?: string;
    readonly teamId?: TeamId;
    readonly teamName?: string;
  };
};

/** What is acted on first: one's own account, a way round, then the way in, then what the team lacks, then the device. */
const precedence: readonly WhyCheckName[] = [
  'account',
  'otherTeam',
  'invitation',
  'membership',
  'order',
  'term',
  'licence',
  'clock',
  'lease',
  'contact',
];

/** The remedy of each problem. A finding that is never a problem has none. */
const remedies: { readonly [Name in WhyCheckName]: Readonly<Partial<Record<WhyCode<Name>, RemedyCode>>> } = {
  account: { missing: 'makeAccount', notConfirmed: 'confirmAccount' },
  otherTeam: { found: 'chooseTeam' },
  invitation: { open: 'acceptInvitation', claim: 'confirmTeam', ended: 'inviteAgain' },
  membership: { removed: 'invite', notMember: 'invite' },
  order: { inProgress: 'waitForOrder', pending: 'completeOrder', review: 'waitForVendor', disputed: 'clarifyOrder' },
  term: { suspended: 'renew', ended: 'renew' },
  licence: {
    stopped: 'renew',
    none: 'giveLicence',
    noneFree: 'freeLicence',
    noSubscription: 'orderLicences',
    productUnknown: 'askVendor',
  },
  clock: { off: 'setClock' },
  lease: {},
  contact: { never: 'startApplication', notPickedUp: 'connect', silent: 'connect' },
};

const remedyOf = ({ check, code }: WhyCheck, { free }: WhyFacts): RemedyCode => {
  // Somebody whose own term is over can be given another licence, where the team has one that works.
  if (check === 'term' && free > 0) return 'giveLicence';
  const ofCheck: Readonly<Partial<Record<string, RemedyCode>>> = remedies[check];
  return ofCheck[code] ?? 'askVendor';
};

const byPerson: ReadonlySet<RemedyCode> = new Set([
  'makeAccount',
  'confirmAccount',
  'acceptInvitation',
  'confirmTeam',
  'chooseTeam',
  'setClock',
  'startApplication',
  'connect',
]);
const byVendor: ReadonlySet<RemedyCode> = new Set(['askVendor', 'waitForVendor', 'waitForOrder']);

const actorOf = (code: RemedyCode, { reader, partnerName }: WhyFacts): RemedyActor => {
  if (byPerson.has(code)) return reader.isPerson ? 'you' : 'person';
  if (byVendor.has(code)) return 'vendor';
  if (code === 'invite' || code === 'inviteAgain') return reader.managesPeople ? 'you' : 'owner';
  if (code === 'giveLicence' || code === 'freeLicence') return reader.managesLicences ? 'you' : 'owner';
  if (!reader.buys) return 'owner';
  if (code === 'completeOrder') return 'you';
  return partnerName === undefined ? 'vendor' : 'partner';
};

/** Decides what to do first about the problems found; null where there is none. */
export const decideRemedy = (checks: readonly WhyCheck[], facts: WhyFacts): Remedy | null => {
  const problems = checks.filter(({ state }) => state === 'problem');
  const first = problems.toSorted((one, other) => precedence.indexOf(one.check) - precedence.indexOf(other.check))[0];
  if (first === undefined) return null;
  const code = remedyOf(first, facts);
  const by = actorOf(code, facts);
  return {
    code,
    data: {
      by,
      ...(by === 'owner' && facts.ownerName !== undefined && { ownerName: facts.ownerName }),
      ...(by === 'partner' && facts.partnerName !== undefined && { partnerName: facts.partnerName }),
      ...(code === 'chooseTeam' && facts.otherTeam),
    },
  };
};
