import { standingOf } from './standing.ts';
import type { Access, Answer, Expectation } from './table/expectation.ts';
import type { Caller, Credential } from './world/caller.ts';
import type { Place } from './world/place.ts';
import type { World } from './world/world.ts';

export interface Cell {
  readonly expectation: Expectation;
  readonly caller: Caller;
  readonly place: Place;
}

/** What the table says that this caller gets about this place. */
export function expectedOf(world: World, { expectation, caller, place }: Cell): Answer {
  const refused = refusals[expectation.access][caller.credential];
  if (refused) return refused;
  if (expectation.bySession && caller.credential === 'session') return expectation.bySession;
  return expectation.answers[standingOf(world, caller, { about: expectation.about, place })] ?? expectation.otherwise;
}

/** What who is not let in at all is told, by what it shows. */
const refusals: Readonly<Record<Access, Partial<Record<Credential, Answer>>>> = {
  everybody: {},
  person: { device: 'tokenScope', noDevice: 'notSignedIn', service: 'notSignedIn', noService: 'notSignedIn' },
  link: { device: 'tokenScope', noDevice: 'notSignedIn', service: 'notSignedIn', noService: 'notSignedIn' },
  session: {
    noSession: 'notSignedIn',
    device: 'tokenScope',
    noDevice: 'notSignedIn',
    service: 'notSignedIn',
    noService: 'notSignedIn',
  },
  token: { noSession: 'notSignedIn', noDevice: 'notSignedIn', service: 'notSignedIn', noService: 'notSignedIn' },
  application: {
    noSession: 'notSignedIn',
    noDevice: 'notSignedIn',
    service: 'notSignedIn',
    noService: 'notSignedIn',
  },
  service: {
    session: 'applicationUnknown',
    noSession: 'applicationUnknown',
    device: 'applicationUnknown',
    noDevice: 'applicationUnknown',
    noService: 'applicationUnknown',
  },
};
