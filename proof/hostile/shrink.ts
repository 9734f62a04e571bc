import type { Draft } from './draft.ts';
import type { Json } from './json.ts';
import { changeAt, isList, placesOf, writeJson } from './json.ts';

const TRIES = 60;

/**
 * Takes away what a faulty call does not need, as long as its fault stays.
 *
 * @param beginning How the fault's text begins.
 * @param faultOf Sends a call and says what is wrong with its answer.
 */
export async function shrink(
  draft: Draft,
  beginning: string,
  faultOf: (smaller: Draft) => Promise<string>,
): Promise<Draft> {
  let smallest = draft;
  let tries = 0;
  for (let changed = true; changed && tries < TRIES; ) {
    changed = false;
    for (const smaller of smallerOnes(smallest)) {
      tries += 1;
      if (tries > TRIES) break;
      if (!(await faultOf(smaller)).startsWith(beginning)) continue;
      smallest = smaller;
      changed = true;
      break;
    }
  }
  return smallest;
}

function* smallerOnes(draft: Draft): Generator<Draft> {
  for (const [index] of draft.query.entries()) yield { ...draft, query: draft.query.filter((_, at) => at !== index) };
  for (const [index] of draft.headers.entries())
    yield { ...draft, headers: draft.headers.filter((_, at) => at !== index) };
  const { body, bytes } = draft;
  if (bytes === undefined && body !== undefined)
    for (const smaller of smallerBodies(body)) yield { ...draft, body: smaller };
}

function* smallerBodies(body: Json): Generator<Json> {
  for (const place of placesOf(body).slice(1)) {
    const without = changeAt(body, place, () => undefined);
    if (without !== undefined) yield without;
  }
  for (const place of placesOf(body)) {
    for (const cut of cuts) {
      const smaller = changeAt(body, place, cut);
      if (smaller !== undefined && writeJson(smaller) !== writeJson(body)) yield smaller;
    }
  }
}

const cuts = [
  cutBy((length) => [0, length / 2]),
  cutBy((length) => [length / 2, length]),
  cutBy((length) => [1, length]),
];

/** Cuts a text or a list down to a part of it. */
function cutBy(part: (length: number) => readonly [number, number]): (value: Json) => Json {
  return (value) => {
    if (!(typeof value === 'string' || isList(value)) || value.length < 2) return value;
    return value.slice(...part(value.length));
  };
}
