/** What is wrong with a request of the Authorization API, or with one of its evaluations. */
export class Fault {
  /** The member that is wrong, such as `resource.id`. */
  readonly path: string;
  readonly message: string;

  constructor(path: string, message: string) {
    this.path = path;
    this.message = message;
  }
}

/** What is read of a subject or resource (AuthZEN 1.0 section 5); members that are not there are undefined. */
export interface Entity {
  readonly type: string | undefined;
  readonly id: string | undefined;
  /** Whatever stands in `properties.team`. */
  readonly team: unknown;
}

/** What is read of a request's context. */
export interface Context {
  readonly team: unknown;
  readonly atLeastRevision: number | undefined;
}

export const NO_CONTEXT: Context = { team: undefined, atLeastRevision: undefined };

/** No id and no key is longer; a database takes no text with a zero byte. */
const LONGEST_NAME = 254;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value can be the name of anything. */
export function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= LONGEST_NAME && !value.includes('\0');
}

/** The fault of a member that is no name. */
export function noName(path: string): Fault {
  return new Fault(path, `expected a text of 1 to ${LONGEST_NAME} characters`);
}

/**
 * Reads a subject or resource as far as it goes; what it leaves out comes from `base`.
 *
 * Nothing below its own members is looked at, however deep it nests.
 */
export function readEntity(value: unknown, path: 'subject' | 'resource', base?: Entity): Entity | Fault {
  if (!isObject(value)) return new Fault(path, 'expected an object');
  const { type = base?.type, id = base?.id, properties } = value;
  if (type !== undefined && !isName(type)) return noName(`${path}.type`);
  if (id !== undefined && !isName(id)) return noName(`${path}.id`);
  if (properties === undefined) return { type, id, team: undefined };
  if (!isObject(properties)) return new Fault(`${path}.properties`, 'expected an object');
  return { type, id, team: properties.team };
}

/** Reads the name of an action. */
export function readAction(value: unknown): string | Fault {
  if (!isObject(value)) return new Fault('action', 'expected an object');
  const { name, properties } = value;
  if (!isName(name)) return noName('action.name');
  if (properties !== undefined && !isObject(properties)) return new Fault('action.properties', 'expected an object');
  return name;
}

/** Reads a context; an absent one says nothing. */
export function readContext(value: unknown): Context | Fault {
  if (value === undefined) return NO_CONTEXT;
  if (!isObject(value)) return new Fault('context', 'expected an object');
  const { team, atLeastRevision } = value;
  if (atLeastRevision !== undefined && !isCount(atLeastRevision)) {
    return new Fault('context.atLeastRevision', 'expected a whole number');
  }
  return { team, atLeastRevision };
}

/** Whether a value is a whole number from 0 on. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
