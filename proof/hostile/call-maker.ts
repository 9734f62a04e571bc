import type { Chance } from '../chance.ts';
import { chanceOf } from '../chance.ts';
import type { Operation } from './document.ts';
import type { Draft } from './draft.ts';
import { grow } from './grow.ts';
import type { Json } from './json.ts';
import type { Material } from './material.ts';
import { otherAddresses } from './other-address.ts';
import { peopleFile } from './people-file.ts';
import { twists } from './twist.ts';
import type { Role, World } from './world.ts';

/** These cost a slow hash or half a second each, on purpose. They come, but not as often as the others. */
const SLOW = /signUp|signIn|password|account":/i;
/** After these the caller's session may be over. */
const ENDING = /signOut|signIn|password|confirmAccount/i;
const twistNames = Object.keys(twists);

/** Whether it is asked seldom, for what it costs. */
export const isSlow = ({ id, body }: Operation): boolean =>
  SLOW.test(id + JSON.stringify(body?.schema.properties ?? {}));

/** Makes the call of this number: the same one for the same seed and the same things. */
export function makeCall(material: Material, number: number): Draft {
  const chance = chanceOf(material.seed).branch(number);
  const draft = chance.happens(0.04)
    ? otherAddresses(material, number, chance)
    : operationCall(material, number, chance);
  return bend(draft, chance);
}

function operationCall({ description, world, known }: Material, number: number, chance: Chance): Draft {
  const operation = pickOperation(description.operations, chance);
  const role = pickRole(operation, world, chance);
  const names = operation.parameters.filter((each) => each.in === 'path').map(({ name }) => name);
  const wanted = operation.path.includes('/links/')
    ? [...names, 'secret']
    : [...names, ...(role.teamId ? ['teamId'] : [])];
  const about = known.about(wanted, chance, role.teamId);
  const soil = { chance, known, about, resolve: description.resolve };
  const query = operation.parameters
    .filter((each) => each.in === 'query' && (each.required || chance.happens(0.5)))
    .map(({ name, schema }): [string, string] => [name, String(grow(schema, name, soil))]);
  const body = operation.body ? grow(operation.body.schema, 'body', soil) : undefined;
  return {
    number,
    operation,
    role,
    twists: [],
    method: operation.method,
    path: operation.path,
    params: about,
    query,
    headers: [...role.headers, ...headersOf(operation, chance)],
    ...bodyOf(operation, body, soil),
    strays: false,
    strangeHost: false,
  };
}

function bodyOf({ body: taken }: Operation, body: Json | undefined, { chance }: { chance: Chance }): Partial<Draft> {
  if (!taken) return {};
  return taken.mediaType === 'application/json' ? { body } : { bytes: peopleFile(chance) };
}

function headersOf({ parameters, body }: Operation, chance: Chance): [string, string][] {
  const takes = (name: string) => parameters.some((each) => each.in === 'header' && each.name === name);
  const headers: [string, string][] = body ? [['content-type', body.mediaType]] : [];
  if (takes('If-Match')) headers.push(['if-match', `"${1 + chance.below(3)}"`]);
  if (takes('Idempotency-Key') && chance.happens(0.2)) headers.push(['idempotency-key', `k${chance.below(1000)}`]);
  return headers;
}

function pickOperation(operations: readonly Operation[], chance: Chance): Operation {
  const operation = chance.pick(operations);
  if (!operation) throw new Error('the document has no operation');
  return chance.happens(0.97) && isSlow(operation) ? pickOperation(operations, chance) : operation;
}

/** Mostly somebody who can get far with it: deep inside there is more to break than at the door. */
function pickRole({ id, path, access }: Operation, { roles, leavers }: World, chance: Chance): Role {
  if (ENDING.test(id)) return chance.pick(leavers) ?? NOBODY;
  if (chance.happens(0.25)) return chance.pick(roles) ?? NOBODY;
  const fitting = roles.filter(({ name }) => fits(path, access, name));
  return chance.pick(fitting) ?? NOBODY;
}

const NOBODY: Role = { name: 'anonymous', headers: [] };

function fits(path: string, access: ReadonlySet<string>, role: string): boolean {
  if (access.has('serviceKey')) return /service/i.test(role);
  if (access.has('device')) return /device|member|owner/i.test(role);
  if (!access.has('session')) return !/device|service|bearer/i.test(role);
  if (/^\/v1\/(offers|customer|orders|price)/.test(path)) return /agent|staff/i.test(role);
  if (/^\/v1\/(catalogue|notices|record)/.test(path)) return /staff/i.test(role) || role === 'owner';
  return /owner|administrator|manager|member|staff/i.test(role);
}

/** Bends a call in no place, in one, or in two. */
function bend(draft: Draft, chance: Chance): Draft {
  const count = chance.pick([0, 0, 1, 1, 1, 1, 2]) ?? 0;
  let bent = draft;
  for (let done = 0; done < count; done += 1) {
    const name =
      (bent.body !== undefined && chance.happens(0.5) ? chance.pick(BODY_TWISTS) : chance.pick(twistNames)) ?? 'field';
    const change = twists[name]?.(bent, chance) ?? {};
    const strays = bent.strays || (change.strays ?? false);
    bent = { ...bent, ...change, strays, twists: [...bent.twists, name] };
  }
  return bent;
}

const BODY_TWISTS = ['field', 'field', 'field', 'unicode', 'unicode', 'hugeText', 'anyJson'];
