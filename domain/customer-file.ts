import type { CountryCode } from './country-code.ts';
import { parseCountryCode } from './country-code.ts';
import type { CustomerNumber } from './customer-number.ts';
import { parseCustomerNumber } from './customer-number.ts';
import type { EmailAddress } from './email-address.ts';
import { parseEmailAddress } from './email-address.ts';
import type { Table, TableRow } from './table.ts';
import { findCellCountFault, headingKey, oneLine, shownValue } from './table.ts';

/** The languages in which customers get their mails and offers. */
export const CUSTOMER_LANGUAGES = ['en', 'de', 'cs'] as const;

/** One of the languages in which customers get their mails and offers. */
export type CustomerLanguage = (typeof CUSTOMER_LANGUAGES)[number];

/** The largest number of core licences that a customer can be said to own. */
export const MAX_CORE_LICENCES = 1_000_000;

/** The longest name of a customer, and of its contact, in UTF-16 units. */
export const MAX_CUSTOMER_NAME_LENGTH = 200;

/** A customer as a row of the file gives it; `partner` is the key of the partner that serves it. */
export type CustomerFromFile = {
  readonly line: number;
  readonly customerNumber: CustomerNumber;
  readonly name: string;
  readonly country: CountryCode;
  readonly language: CustomerLanguage;
  readonly coreLicences: number;
  readonly contactName: string;
  readonly contactEmail: EmailAddress;
  readonly partner: string;
};

/** A column of the customer file, by the name that its heading carries. */
export type CustomerColumn = Exclude<keyof CustomerFromFile, 'line'>;

/**
 * Something wrong in a row of a customer file; a row may have several.
 *
 * `value` is the start of what stands there, or the number of cells found where the row has too many or too few.
 */
export type CustomerFault =
  | {
      readonly line: number;
      readonly column: CustomerColumn;
      readonly reason: 'missing' | 'invalid' | 'tooLong';
      readonly value?: string;
    }
  | {
      readonly line: number;
      readonly column: 'customerNumber';
      readonly reason: 'repeated';
      readonly value: string;
      readonly firstLine: number;
    }
  | { readonly line: number; readonly reason: 'tooManyCells' | 'tooFewCells'; readonly value: string };

/** A customer file, read: a row is among the customers, or has at least one fault. */
export type CustomerFile = {
  readonly outcome: 'read';
  readonly customers: readonly CustomerFromFile[];
  readonly faults: readonly CustomerFault[];
};

/** The file lacks columns: `missing` ones are needed, `columns` are the headings that it has. */
export type CustomerFileRefusal = {
  readonly outcome: 'refused';
  readonly reason: 'missingColumns';
  readonly missing: readonly CustomerColumn[];
  readonly columns: readonly string[];
};

type RowReading =
  | { readonly kind: 'customer'; readonly customer: CustomerFromFile }
  | { readonly kind: 'faults'; readonly faults: readonly CustomerFault[] };
type Positions = ReadonlyMap<CustomerColumn, number>;

const COLUMNS: readonly CustomerColumn[] = [
  ...(['customerNumber', 'name', 'country', 'language'] as const),
  ...(['coreLicences', 'contactName', 'contactEmail', 'partner'] as const),
];
const MAX_LENGTHS: Readonly<Partial<Record<CustomerColumn, number>>> = {
  name: MAX_CUSTOMER_NAME_LENGTH,
  contactName: MAX_CUSTOMER_NAME_LENGTH,
};
const WHOLE_NUMBER = /^[0-9]{1,7}$/;
const PARTNER_KEY = /^(?=.{1,64}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

const parseName = (text: string): string => text;

const parseLanguage = (text: string): CustomerLanguage | undefined =>
  CUSTOMER_LANGUAGES.find((language) => language === text.toLowerCase());

const parseLicences = (text: string): number | undefined =>
  WHOLE_NUMBER.test(text) && Number(text) <= MAX_CORE_LICENCES ? Number(text) : undefined;

const parsePartner = (text: string): string | undefined => (PARTNER_KEY.test(text) ? text : undefined);

const readRow = (row: TableRow, positions: Positions): RowReading => {
  const faults: CustomerFault[] = [];
  const take = <Value>(column: CustomerColumn, parse: (text: string) => Value | undefined): Value | undefined => {
    const text = oneLine(row.cells[positions.get(column) ?? -1] ?? '');
    const value = parse(text);
    const { line } = row;
    if (text === '') faults.push({ line, column, reason: 'missing' });
    else if (text.length > (MAX_LENGTHS[column] ?? Number.POSITIVE_INFINITY))
      faults.push({ line, column, reason: 'tooLong', value: shownValue(text) });
    else if (value === undefined) faults.push({ line, column, reason: 'invalid', value: shownValue(text) });
    return value;
  };
  const customer = {
    line: row.line,
    customerNumber: take('customerNumber', parseCustomerNumber),
    name: take('name', parseName),
    country: take('country', parseCountryCode),
    language: take('language', parseLanguage),
    coreLicences: take('coreLicences', parseLicences),
    contactName: take('contactName', parseName),
    contactEmail: take('contactEmail', parseEmailAddress),
    partner: take('partner', parsePartner),
  };
  if (faults.length > 0) return { kind: 'faults', faults };
  // Without a fault every cell gave its value: `take` reports each one that did not.
  return { kind: 'customer', customer: customer as CustomerFromFile };
};

const findPositions = (header: readonly string[]): Positions => {
  const keys = header.map(headingKey);
  return new Map(
    COLUMNS.map((column): [CustomerColumn, number] => [column, keys.indexOf(headingKey(column))]).filter(
      ([, position]) => position >= 0,
    ),
  );
};

/** A number is noted from faulty rows too: otherwise mending one would bring up the next fault. */
const repeatIn = (firstLines: Map<CustomerNumber, number>, row: TableRow, positions: Positions): CustomerFault[] => {
  const { line, cells } = row;
  const value = parseCustomerNumber(cells[positions.get('customerNumber') ?? -1] ?? '');
  if (value === undefined) return [];
  const firstLine = firstLines.get(value);
  if (firstLine !== undefined) return [{ line, column: 'customerNumber', reason: 'repeated', value, firstLine }];
  firstLines.set(value, line);
  return [];
};

const findCountFaults = (row: TableRow, header: readonly string[], positions: Positions): CustomerFault[] => {
  const reason = findCellCountFault(row, header, Math.max(...positions.values()));
  return reason === undefined ? [] : [{ line: row.line, reason, value: String(row.cells.length) }];
};

/**
 * Reads customers from a table whose headings are the column names, in any order.
 *
 * Every fault of every row is told, so that one look at the list is enough to mend the file.
 * Whether a partner or a number is known already is for the caller to say.
 */
export const readCustomerFile = (table: Table): CustomerFile | CustomerFileRefusal => {
  const { header, rows } = table;
  const positions = findPositions(header);
  const missing = COLUMNS.filter((column) => !positions.has(column));
  if (missing.length > 0) {
    return {
      outcome: 'refused',
      reason: 'missingColumns',
      missing,
      columns: header.map((heading) => oneLine(heading)),
    };
  }
  const customers: CustomerFromFile[] = [];
  const faults: CustomerFault[] = [];
  const firstLines = new Map<CustomerNumber, number>();
  for (const row of rows) {
    const countFaults = findCountFaults(row, header, positions);
    if (countFaults.length > 0) {
      faults.push(...countFaults);
      continue;
    }
    const repeat = repeatIn(firstLines, row, positions);
    const reading = readRow(row, positions);
    if (reading.kind === 'faults') faults.push(...repeat, ...reading.faults);
    else if (repeat.length > 0) faults.push(...repeat);
    else customers.push(reading.customer);
  }
  return { outcome: 'read', customers, faults };
};
