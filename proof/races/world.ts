import type { ApplicationId, CustomerId, MemberId, ProductId, TeamId } from '../../domain/id.ts';
import type { Person } from './race-server.ts';

/** Somebody who is, was or will be in a team. */
export interface RaceMember extends Person {
  readonly memberId: MemberId;
}

/** A team that is raced for. */
export interface RaceTeam {
  readonly teamId: TeamId;
  readonly customerId: CustomerId;
  /** How many licences it is kept at. */
  readonly licences: number;
  readonly members: readonly RaceMember[];
}

/** All that a racing process has to know. */
export interface RaceWorld {
  readonly productId: ProductId;
  readonly applicationId: ApplicationId;
  readonly agent: Person;
  readonly teams: readonly RaceTeam[];
}

/** How many licences and people a team is made with. */
export interface TeamSize {
  readonly licences: number;
  readonly people: number;
}

/** From one licence, for which everybody waits, to more than anybody can hand out. */
export const teamSizes: readonly TeamSize[] = [
  { licences: 1, people: 4 },
  { licences: 1, people: 12 },
  { licences: 2, people: 5 },
  { licences: 3, people: 8 },
  { licences: 5, people: 9 },
  { licences: 8, people: 14 },
  { licences: 20, people: 26 },
  { licences: 50, people: 34 },
  { licences: 1000, people: 40 },
];

/** For hours: more teams, and more people in the large ones. Making them takes minutes. */
export const manyTeamSizes: readonly TeamSize[] = [
  ...teamSizes,
  ...teamSizes,
  { licences: 100, people: 120 },
  { licences: 150, people: 180 },
  { licences: 1000, people: 200 },
];
