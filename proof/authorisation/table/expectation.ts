import type { ErrorCode } from '../../../contract/error-code.ts';
import type { LinkKind } from '../../../contract/link.ts';

/**
 * Who may call an address at all, by what it shows.
 *
 * - `everybody` whatever it shows or does not, `person` signed in or not, `session` signed in to the portal
 * - `token` signed in to the portal or to an application, `application` signed in to an application alone
 * - `service` an application with its key, `link` whoever has a link's secret, signed in or not
 */
export type Access = 'everybody' | 'person' | 'session' | 'token' | 'application' | 'service' | 'link';

/** How somebody stands to the thing that is asked about; `none` is whoever has nothing to do with it. */
export const standings = [
  'staff',
  'agent',
  'otherAgent',
  'owner',
  'administrator',
  'licenceManager',
  'member',
  'external',
  'application',
  'none',
] as const;
export type Standing = (typeof standings)[number];

/** `done`, or the code of the refusal. */
export type Answer = 'done' | ErrorCode;

/**
 * What a standing is judged by: `team` that very team, `customer` the customer whatever its team, `anything` whatever somebody is
 * to anybody, `self` nothing but being signed in.
 */
export type About = 'team' | 'customer' | 'anything' | 'self' | 'link';

/** Who may do one thing, and what everybody else is answered. */
export interface Expectation {
  readonly access: Access;
  readonly about: About;
  readonly answers: Readonly<Partial<Record<Standing, Answer>>>;
  /** What each standing gets that is not named. */
  readonly otherwise: Answer;
  /** What a person in the portal gets, where applications alone are meant. */
  readonly bySession?: Answer;
  /** The kind of link that opens it; the account that has to be signed in for it, or may not be another. */
  readonly link?: { readonly kind: LinkKind; readonly forAccount: boolean };
  /** Why its answer may show what belongs to anybody. */
  readonly showsAll?: string;
  /** Whether one caller of each kind asks: because it hashes passwords, or ends the session that it is called with. */
  readonly oneOfEach?: 'hashes' | 'endsSession';
}
