/** One message of PostgreSQL's protocol (version 3): its type, `''` for the first one of a client, and all of its bytes. */
export interface WireMessage {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Takes one direction of a connection apart, chunk by chunk; what is not whole yet waits for the next chunk. */
export function createSplitter({ startsUntyped }: { startsUntyped: boolean }): (chunk: Buffer) => WireMessage[] {
  let rest: Buffer = Buffer.alloc(0);
  let untyped = startsUntyped;
  const takeFirst = (): WireMessage | undefined => {
    const head = untyped ? 0 : 1;
    const size = rest.length < head + 4 ? Number.POSITIVE_INFINITY : head + rest.readUInt32BE(head);
    if (rest.length < size) return undefined;
    const bytes = rest.subarray(0, size);
    const type = untyped ? '' : bytes.toString('latin1', 0, 1);
    rest = rest.subarray(size);
    untyped = false;
    return { type, bytes };
  };
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const messages: WireMessage[] = [];
    for (let first = takeFirst(); first; first = takeFirst()) messages.push(first);
    return messages;
  };
}

/** What a client sends until it waits for an answer, and the statement in it; none where it only signs in or leaves. */
export interface Trip {
  readonly statement: string | undefined;
  readonly bytes: Buffer;
}

/** The messages after which a client waits. */
const ENDS = new Set(['', 'p', 'Q', 'S', 'X']);

/** Puts a client's messages together into trips. A prepared statement is known by what its name was parsed from. */
export function createTripReader(): (messages: readonly WireMessage[]) => Trip[] {
  const prepared = new Map<string, string>();
  let waiting: Buffer[] = [];
  let statement: string | undefined;
  const read = ({ type, bytes }: WireMessage): Trip[] => {
    waiting.push(bytes);
    statement = statementIn({ type, bytes }, prepared) ?? statement;
    if (!ENDS.has(type)) return [];
    const trip = { statement: statement && plainStatement(statement), bytes: Buffer.concat(waiting) };
    waiting = [];
    statement = undefined;
    return [trip];
  };
  return (messages) => messages.flatMap(read);
}

function statementIn({ type, bytes }: WireMessage, prepared: Map<string, string>): string | undefined {
  if (type === 'Q') return textAt(bytes, 5);
  if (type === 'P') return parse(bytes, prepared);
  if (type === 'B') return prepared.get(textAt(bytes, 5 + Buffer.byteLength(textAt(bytes, 5)) + 1));
  return undefined;
}

function parse(bytes: Buffer, prepared: Map<string, string>): string {
  const name = textAt(bytes, 5);
  const text = textAt(bytes, 5 + Buffer.byteLength(name) + 1);
  prepared.set(name, text);
  return text;
}

function textAt(bytes: Buffer, start: number): string {
  return bytes.toString('utf8', start, bytes.indexOf(0, start));
}

const KEPT_CHARACTERS = 400;

/** The same for the same statement, however many values stand in its lists. */
const plainStatement = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\$\d+(?:, \$\d+)*/g, '$')
    .replace(/\(\$\)(?:, \(\$\))*/g, '($)')
    .replace(/'[^']*'/g, "''")
    .trim()
    .toLowerCase()
    .slice(0, KEPT_CHARACTERS);
