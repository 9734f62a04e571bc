import type { EmailAddress } from './email-address.ts';
import { parseEmailAddress } from './email-address.ts';
import type { PeopleColumns, PeopleFormat } from './people-columns.ts';
import { findPeopleColumns } from './people-columns.ts';
import type { Table, TableRow } from './table.ts';
import { findCellCountFault, headingKey, oneLine, shownValue } from './table.ts';

/** The longest name of a person that Namesake keeps, in UTF-16 units. */
export const MAX_PERSON_NAME_LENGTH = 200;

/** Somebody who can be invited. `external` says that the directory knows this person as a guest. */
export type PersonFromFile = {
  readonly line: number;
  readonly name: string;
  readonly email: EmailAddress;
  readonly external: boolean;
};

/** Somebody whose account is switched off in the directory: shown, and not taken. */
export type DisabledPerson = { readonly line: number; readonly name: string; readonly email: EmailAddress };

/** A row whose address an earlier row has already; `firstLine` is where. */
export type RepeatedPerson = { readonly line: number; readonly email: EmailAddress; readonly firstLine: number };

/** Why a row of a people file can't be taken. */
export type PersonFaultReason = 'missingEmail' | 'invalidEmail' | 'nameTooLong' | 'tooManyCells' | 'tooFewCells';

/**
 * A row that can't be taken, so that whoever wrote it finds and mends it.
 *
 * `value` is the address as written for `invalidEmail`, the start of the name for `nameTooLong`,
 * and the number of cells found for `tooManyCells` and `tooFewCells`.
 */
export type PersonFault = { readonly line: number; readonly reason: PersonFaultReason; readonly value?: string };

/** A people file, read: each row stands in exactly one of the four lists, in the order of the file. */
export type PeopleFile = {
  readonly outcome: 'read';
  readonly format: PeopleFormat;
  readonly people: readonly PersonFromFile[];
  readonly disabled: readonly DisabledPerson[];
  readonly repeats: readonly RepeatedPerson[];
  readonly faults: readonly PersonFault[];
};

/** The file has no column that is known to hold addresses; `columns` are the headings that it has. */
export type PeopleFileRefusal = {
  readonly outcome: 'refused';
  readonly reason: 'unknownColumns';
  readonly columns: readonly string[];
};

type RowReading =
  | { readonly kind: 'person'; readonly person: PersonFromFile; readonly disabled: boolean }
  | { readonly kind: 'fault'; readonly fault: PersonFault };

const GUEST_MARK = '#EXT#';
const GUEST_WORDS = ['guest'];
const NO_WORDS = ['false', '0', 'no', 'nein', 'ne'];
const YES_WORDS = ['true', '1', 'yes', 'ja', 'ano'];
const DISABLED_WORDS = [
  ...['suspended', 'archived', 'disabled', 'inactive', 'blocked'],
  ...['gesperrt', 'deaktiviert', 'inaktiv', 'pozastaveny', 'zablokovany', 'neaktivni'],
];

const cellOf = (row: TableRow, column: number | undefined): string =>
  column === undefined ? '' : oneLine(row.cells[column] ?? '');

const fault = (row: TableRow, reason: PersonFaultReason, value?: string): RowReading => ({
  kind: 'fault',
  fault: value === undefined ? { line: row.line, reason } : { line: row.line, reason, value: shownValue(value) },
});

const findLastNeeded = ({ format: _, ...positions }: PeopleColumns): number =>
  Math.max(...Object.values(positions).filter((position) => position !== undefined));

/** A guest's principal name only looks like an address (`x_y#EXT#@tenant`): mail sent there reaches nobody. */
const addressText = (row: TableRow, columns: PeopleColumns): string => {
  const mail = cellOf(row, columns.email);
  if (mail !== '') return mail;
  const principal = cellOf(row, columns.userPrincipalName);
  return principal.toUpperCase().includes(GUEST_MARK) ? '' : principal;
};

/** "Surname, Given" is how directories sort; people are greeted by given name and surname. */
const nameText = (row: TableRow, columns: PeopleColumns, email: EmailAddress): string => {
  const name = cellOf(row, columns.name);
  const parts = [cellOf(row, columns.givenName), cellOf(row, columns.surname)].filter((part) => part !== '');
  if (name !== '' && !(name.includes(',') && parts.length === 2)) return name;
  return parts.join(' ') || email.slice(0, email.indexOf('@'));
};

const isOneOf = (words: readonly string[], row: TableRow, column: number | undefined): boolean => {
  const cell = cellOf(row, column);
  return cell !== '' && words.includes(headingKey(cell));
};

const isDisabled = (row: TableRow, columns: PeopleColumns): boolean =>
  isOneOf(NO_WORDS, row, columns.accountEnabled) ||
  isOneOf(YES_WORDS, row, columns.signInBlocked) ||
  isOneOf(DISABLED_WORDS, row, columns.status);

const readRow = (row: TableRow, columns: PeopleColumns): RowReading => {
  const written = addressText(row, columns);
  if (written === '') return fault(row, 'missingEmail');
  const email = parseEmailAddress(written);
  if (email === undefined) return fault(row, 'invalidEmail', written);
  const name = nameText(row, columns, email);
  if (name.length > MAX_PERSON_NAME_LENGTH) return fault(row, 'nameTooLong', name);
  const external = isOneOf(GUEST_WORDS, row, columns.userType);
  return { kind: 'person', person: { line: row.line, name, email, external }, disabled: isDisabled(row, columns) };
};

/**
 * Reads the people whom somebody wants to invite from a table: Microsoft Entra's "download users",
 * Google Workspace's export of users, or a list with names and addresses in English, German or Czech.
 *
 * Nobody is dropped in silence. The first row of an address counts, disabled or not; a later one is a repeat.
 */
export const readPeopleFile = (table: Table): PeopleFile | PeopleFileRefusal => {
  const columns = findPeopleColumns(table.header);
  if (columns === undefined) {
    return { outcome: 'refused', reason: 'unknownColumns', columns: table.header.map((heading) => oneLine(heading)) };
  }
  const people: PersonFromFile[] = [];
  const disabled: DisabledPerson[] = [];
  const repeats: RepeatedPerson[] = [];
  const faults: PersonFault[] = [];
  const firstLines = new Map<EmailAddress, number>();
  const lastNeeded = findLastNeeded(columns);
  for (const row of table.rows) {
    const countFault = findCellCountFault(row, table.header, lastNeeded);
    const reading = countFault === undefined ? readRow(row, columns) : fault(row, countFault, String(row.cells.length));
    if (reading.kind === 'fault') {
      faults.push(reading.fault);
      continue;
    }
    const { line, name, email } = reading.person;
    const firstLine = firstLines.get(email);
    if (firstLine !== undefined) repeats.push({ line, email, firstLine });
    else if (reading.disabled) disabled.push({ line, name, email });
    else people.push(reading.person);
    firstLines.set(email, firstLine ?? line);
  }
  return { outcome: 'read', format: columns.format, people, disabled, repeats, faults };
};
