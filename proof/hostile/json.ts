/** JSON as it is written rather than as it is read: it can hold what `JSON.stringify` never writes. */
export type Json = null | boolean | number | string | Raw | JsonObject | readonly Json[];

/** Text that goes out as it stands, such as `1e999`. */
export class Raw {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An object whose keys can come twice. */
export class JsonObject {
  readonly members: readonly (readonly [string, Json])[];

  constructor(members: readonly (readonly [string, Json])[]) {
    this.members = members;
  }
}

export const objectOf = (members: Readonly<Record<string, Json>>): JsonObject =>
  new JsonObject(Object.entries(members));

/** Writes it; what a string holds that is no Unicode comes out as an escape. */
export function writeJson(value: Json): string {
  if (value instanceof Raw) return value.text;
  if (value instanceof JsonObject) {
    return `{${value.members.map(([key, inner]) => `${JSON.stringify(key)}:${writeJson(inner)}`).join(',')}}`;
  }
  if (Array.isArray(value)) return `[${value.map((inner) => writeJson(inner)).join(',')}]`;
  return JSON.stringify(value);
}

/** Changes the value at one place of it; `undefined` takes the place away. */
export function changeAt(
  value: Json,
  place: readonly number[],
  change: (at: Json) => Json | undefined,
): Json | undefined {
  const [index, ...rest] = place;
  if (index === undefined) return change(value);
  if (value instanceof JsonObject) {
    return new JsonObject(
      value.members.flatMap(([key, inner], at): [string, Json][] => {
        const changed = at === index ? changeAt(inner, rest, change) : inner;
        return changed === undefined ? [] : [[key, changed]];
      }),
    );
  }
  if (!isList(value)) return value;
  return value.flatMap((inner, at) => {
    const changed = at === index ? changeAt(inner, rest, change) : inner;
    return changed === undefined ? [] : [changed];
  });
}

/** Every place in it, the whole first; of a long list the first few. */
export function placesOf(value: Json, place: readonly number[] = []): (readonly number[])[] {
  const inner = value instanceof JsonObject ? value.members.map(([, each]) => each) : isList(value) ? value : [];
  return [place, ...inner.slice(0, 12).flatMap((each, index) => placesOf(each, [...place, index]))];
}

export const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
