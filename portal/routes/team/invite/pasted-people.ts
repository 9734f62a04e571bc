import type { EmailAddress } from '../../../../domain/email-address.ts';
import { parseEmailAddress } from '../../../../domain/email-address.ts';

export interface PastedPerson {
  readonly email: EmailAddress;
  readonly name?: string;
}

/** What a pasted text says of people. */
export interface PastedPeople {
  readonly people: readonly PastedPerson[];
  /** Addresses that stand in the text more than once. */
  readonly repeats: number;
  /** Pieces that are no address. */
  readonly faults: readonly string[];
}

/** `Anna Novák <anna@office.example>`, a quoted name, or a bare piece of text. */
const PIECE = /(?:"(?<quoted>[^"\n]*)"|(?<words>[^<>;\t\n"]*))\s*<(?<address>[^<>\n]*)>|(?<bare>[^\s,;<>"]+)/g;

/**
 * Reads people out of whatever was pasted: a line of addresses from a mail, a column of a table, "Name <address>".
 *
 * Commas, semicolons, tabs, spaces and line ends separate. "Surname, Given <address>" is one person, as mail programs write it.
 */
export function readPastedPeople(text: string): PastedPeople {
  const found = [...text.matchAll(PIECE)].flatMap(({ groups = {} }) => piecesOf(groups));
  const people = new Map<EmailAddress, PastedPerson>();
  const faults: string[] = [];
  let repeats = 0;
  for (const { address, name } of found) {
    const email = parseEmailAddress(address.replace(/^mailto:/i, '').replace(/[.:]+$/, ''));
    if (!email) faults.push(address);
    else if (people.has(email)) repeats += 1;
    else people.set(email, name ? { email, name } : { email });
  }
  return { people: [...people.values()], repeats, faults };
}

interface Piece {
  readonly address: string;
  readonly name?: string;
}

function piecesOf({ quoted, words, address, bare }: Record<string, string | undefined>): Piece[] {
  if (bare !== undefined) return [{ address: bare }];
  if (address === undefined) return [];
  if (quoted !== undefined) return [{ address, name: spokenName(quoted) }];
  const { before, name } = splitWords(words ?? '');
  return [...before.map((other) => ({ address: other })), { address, name: spokenName(name) }];
}

/** Bare addresses may stand before a name on the same line; the last of them ends where the name begins. */
function splitWords(words: string): { before: string[]; name: string } {
  const [, addresses = '', name = ''] = /^(.*@\S*?(?:[\s,]|$))?(.*)$/s.exec(words) ?? [];
  return { before: addresses.split(/[\s,]+/).filter(Boolean), name };
}

function spokenName(text: string): string {
  const parts = text
    .split(',')
    .map((part) => part.trim().replaceAll(/\s+/g, ' '))
    .filter(Boolean);
  return (parts.length === 2 ? parts.toReversed() : parts).join(' ').slice(0, 200);
}
