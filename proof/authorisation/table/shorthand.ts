import type { LinkKind } from '../../../contract/link.ts';
import type { Answer, Expectation, Standing } from './expectation.ts';
import { standings } from './expectation.ts';

/** Refusals with who gets them, in words with spaces between. */
type Refused = Readonly<Partial<Record<Answer, string>>>;

/** Whoever comes, with whatever it shows. */
export const forEverybody: Expectation = { access: 'everybody', about: 'self', answers: {}, otherwise: 'done' };

/** Whoever comes, signed in or not. */
export const forAnyPerson: Expectation = { ...forEverybody, access: 'person' };

/** Everybody who is signed in, about what is its own. */
export const forOneself: Expectation = { access: 'session', about: 'self', answers: {}, otherwise: 'done' };

export const forServices: Expectation = {
  ...forEverybody,
  access: 'service',
  showsAll: 'an application asks about anybody, within its own products',
};

/** Who has nothing to do with the vendor's house is told so, whatever it names. */
export const forStaff: Expectation = {
  ...forOneself,
  about: 'anything',
  answers: { staff: 'done' },
  otherwise: 'forbidden',
};

/** Whoever is this to anything; others have no such list. */
export const forWhoeverIs = (done: string): Expectation => ({
  ...forStaff,
  answers: answersOf(done, {}),
});

/** Those who see the team and may not do it are told so; for everybody else there is no such team. */
export const inTeam = (done: string, refused: Refused = {}): Expectation => ({
  access: 'session',
  about: 'team',
  answers: {
    ...answersOf('', { forbidden: 'staff agent owner administrator licenceManager member external' }),
    ...answersOf(done, refused),
  },
  otherwise: 'notFound',
});

/** For who is not named there is no such customer, offer or order. */
export const ofCustomer = (done: string, refused: Refused = {}): Expectation => ({
  access: 'session',
  about: 'customer',
  answers: answersOf(done, refused),
  otherwise: 'notFound',
});

/** What agents alone do: others are no agents, and for another partner's there is no such thing. */
export const forItsAgent: Expectation = { ...ofCustomer('agent', { notFound: 'otherAgent' }), otherwise: 'forbidden' };

/** The bearer of such a link; `forAccount` where the account of the link's address goes on with it. */
export const byLink = (kind: LinkKind, forAccount: boolean): Expectation => ({
  access: 'link',
  about: 'link',
  answers: {},
  otherwise: 'done',
  link: { kind, forAccount },
});

function answersOf(done: string, refused: Refused): Expectation['answers'] {
  const entries = Object.entries({ done, ...refused }).flatMap(([answer, names]) =>
    names
      .split(' ')
      .filter(Boolean)
      .map((name) => [requireStanding(name), answer]),
  );
  return Object.fromEntries(entries);
}

function requireStanding(name: string): Standing {
  const standing = standings.find((one) => one === name);
  if (!standing) throw new Error(`nobody stands to anything as ${name}`);
  return standing;
}
