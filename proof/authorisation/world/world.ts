import { sql } from 'kysely';
import type { ApplicationId, ProductId } from '../../../domain/id.ts';
import { PASSWORD, signedUp } from '../../../server/tests/harness/account-builder.ts';
import type { TestApp } from '../../../server/tests/harness/app.ts';
import { createTestApp } from '../../../server/tests/harness/app.ts';
import type { Market } from '../../../server/tests/harness/sale-builder.ts';
import { openMarket } from '../../../server/tests/harness/sale-builder.ts';
import { buildCallers } from './build-callers.ts';
import { beginPlace, buildOffice, endPlace } from './build-place.ts';
import { buildRetired } from './build-retired.ts';
import type { Caller } from './caller.ts';
import type { Place, PlaceKey } from './place.ts';
import { officeOf, placeWords } from './place.ts';

/** Two partners with their customers, teams and people, and everybody who may ask about them. */
export interface World {
  readonly app: TestApp;
  readonly market: Market;
  readonly share: ProductId;
  readonly applicationId: ApplicationId;
  /** The first is where most cells are asked about; the others are ever stranger to its people. */
  readonly places: readonly Place[];
  readonly home: Place;
  readonly callers: readonly Caller[];
  /** Whether everybody of each place asks, and about each. */
  readonly everybody: boolean;
  /** Somebody with a password, to sign in as. */
  readonly signIn: { readonly email: string; readonly password: string };
  /** A serial number for what must be new each time. */
  next(): number;
}

/**
 * Builds the world once.
 *
 * - `home` and `sibling` are teams of one customer, `neighbour` is one of another customer of the same partner
 * - `rival` belongs to another partner's customer, `free` to no customer at all
 *
 * @param everybody Whether everybody of each place asks, which takes its time.
 */
export async function buildWorld({ everybody = false } = {}): Promise<World> {
  const app = await createTestApp();
  const market = await openMarket(app);
  const { share, storage, agent, otherAgent } = market;
  // The stranger comes first by name, so that whatever begins after it would show.
  const house = await buildOffice(app, agent, 'birke');
  const offices = {
    home: house,
    sibling: house,
    neighbour: await buildOffice(app, agent, 'eiche'),
    rival: await buildOffice(app, otherAgent, 'ahorn'),
    free: undefined,
  };
  // Object.keys types the keys as plain strings.
  const keys = Object.keys(placeWords) as PlaceKey[];
  const wanted = keys.map((key) => ({ key, office: offices[key], share, storage }));
  const begun = await Promise.all(wanted.map(async (one) => ({ one, place: await beginPlace(app, one) })));
  await app.settled();
  await app.ground.feed.reload();
  const places = await Promise.all(begun.map(({ one, place }) => endPlace(place, one)));
  const [home, , , rival] = places;
  if (!home || !rival) throw new Error('the world has no home');
  const { id: applicationId } = await app.ground.db
    .selectFrom('application')
    .select('id')
    .where('key', '=', 'sketchpad')
    .executeTakeFirstOrThrow();
  const callers = await buildCallers(app, {
    staff: market.staff,
    agents: [
      { name: 'agent', email: 'eva.lang@bim-partner-sachsen.example', office: officeOf(home) },
      { name: 'agent of another partner', email: 'petr.novak@cad-studio-praha.example', office: officeOf(rival) },
    ],
    formerAgent: await buildRetired(app),
    places,
    everybody,
    applicationId,
  });
  const signIn = { email: 'password@elsewhere.example', password: PASSWORD };
  await signedUp(app, signIn.email);
  // The first signature makes the vendor's keys, whoever asks for it.
  await app.anonymous.getAccessConfiguration();
  await app.settled();
  await app.ground.feed.reload();
  await sql`analyze`.execute(app.ground.db);
  let serial = 0;
  const next = () => {
    serial += 1;
    return serial;
  };
  return { app, market, share, applicationId, places, home, callers, everybody, signIn, next };
}
