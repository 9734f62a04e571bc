import type { CustomerId, LicenceId, MemberId, PartnerId, TeamId } from '../../../domain/id.ts';
import type { TeamRole } from '../../../domain/team.ts';
import type { SignedIn } from '../../../server/tests/harness/app.ts';

/** Whoever is in a team, told apart as far as somebody may do something that others may not. */
export const insiders = ['owner', 'administrator', 'licenceManager', 'member', 'external'] as const;
export type Insider = (typeof insiders)[number];

export const roleOf = (insider: Insider): TeamRole => (insider === 'external' ? 'member' : insider);

export interface Joined {
  readonly email: string;
  readonly memberId: MemberId;
  readonly person: SignedIn;
}

/** Each place with its word. */
export const placeWords = {
  home: 'amsel',
  sibling: 'drossel',
  neighbour: 'elster',
  rival: 'falke',
  free: 'gimpel',
} as const;
export type PlaceKey = keyof typeof placeWords;

/** A customer with its agent, who sells to it. */
export interface Office {
  /** Stands in the customer's name and its contact's, and nowhere else. */
  readonly word: string;
  readonly customerId: CustomerId;
  readonly customerNumber: string;
  readonly name: string;
  readonly contactEmail: string;
  readonly partnerId: PartnerId;
  readonly agent: SignedIn;
}

/** A team, the customer that it belongs to, and everybody in it: what one set of people must not know of another's. */
export interface Place {
  readonly key: PlaceKey;
  /** Stands in every name and address of the place, and nowhere else. */
  readonly word: string;
  readonly teamId: TeamId;
  readonly teamName: string;
  /** Undefined for a team that belongs to no customer. */
  readonly office: Office | undefined;
  readonly people: Readonly<Record<Insider, Joined>>;
  /** Somebody who was invited and has not answered. */
  readonly invited: { readonly email: string; readonly memberId: MemberId; readonly person: SignedIn };
  /** Somebody who was in the team and is no more. */
  readonly removed: { readonly email: string; readonly memberId: MemberId; readonly person: SignedIn };
  /** The licence that `member` holds. */
  readonly heldLicenceId: LicenceId;
}

/** The office of a place that has one. */
export function officeOf({ key, office }: Place): Office {
  if (!office) throw new Error(`the team ${key} belongs to no customer`);
  return office;
}
