// npm run import -- customers FILE.csv: takes over customers from a file, all of its rows or none.
import { readFile } from 'node:fs/promises';
import type { CustomerImport, ImportFault } from '../server/features/customer/customer-import.service.ts';
import { importCustomerFile } from '../server/features/customer/customer-import.service.ts';
import { runCommand } from './command.ts';

const MAX_TOLD = 100;
const [kind, file, ...rest] = process.argv.slice(2);

if (kind !== 'customers' || file === undefined || rest.length > 0) {
  console.error('Say what to import: npm run import -- customers FILE.csv');
  process.exitCode = 2;
} else {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    console.error(`${file} cannot be read (${error.code ?? error.message}).`);
    process.exitCode = 1;
    return undefined;
  });
  if (bytes) {
    await runCommand(async (ground) => {
      const done = await importCustomerFile(ground, bytes, { onProgress: showProgress });
      if (done.outcome !== 'imported') process.exitCode = 1;
      tell(file, done);
    });
  }
}

/** On one line that is written over, so that a long file shows that it goes on. */
function showProgress(done: number, total: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${total} customers${done === total ? '\n' : ''}`);
  else if (done === total || done % 10_000 === 0) console.error(`${done} of ${total} customers`);
}

function tell(name: string, done: CustomerImport): void {
  if (done.outcome === 'imported') {
    console.log(`${name}: ${done.added} customers added, ${done.changed} changed, ${done.unchanged} as they were.`);
    return;
  }
  console.error(`${name}: nothing was written.`);
  if (done.outcome === 'refused') console.error(describeRefusal(done.refusal));
  else for (const line of describeFaults(done.faults)) console.error(line);
}

type Refusal = Extract<CustomerImport, { outcome: 'refused' }>['refusal'];

function describeRefusal(refusal: Refusal): string {
  switch (refusal.reason) {
    case 'missingColumns':
      return `It lacks the columns ${refusal.missing.join(', ')}; it has ${refusal.columns.join(', ')}.`;
    case 'workbook':
      return 'It is a workbook of a spreadsheet program. Save it as CSV first.';
    case 'notText':
      return 'It is not a text file.';
    case 'empty':
      return 'It is empty.';
    case 'noHeader':
      return `Its first row (line ${refusal.line}) does not name columns.`;
    case 'unclosedQuote':
      return `A quoted cell that begins in line ${refusal.line} never ends.`;
    case 'tooLarge':
      return `It is larger than ${refusal.maxBytes} bytes.`;
    case 'tooManyRows':
      return `It has more than ${refusal.maxRows} rows.`;
    case 'tooManyCells':
      return `It has more than ${refusal.maxCells} cells.`;
  }
}

function describeFaults(faults: readonly ImportFault[]): string[] {
  const lines = faults.slice(0, MAX_TOLD).map((fault) => `  line ${fault.line}: ${describeFault(fault)}`);
  return faults.length > MAX_TOLD ? [...lines, `  and ${faults.length - MAX_TOLD} more`] : lines;
}

function describeFault(fault: ImportFault): string {
  switch (fault.reason) {
    case 'tooManyCells':
    case 'tooFewCells':
      return `${fault.reason === 'tooManyCells' ? 'too many' : 'too few'} cells (${fault.value})`;
    case 'repeated':
      return `${fault.column} ${fault.value} stands in line ${fault.firstLine} already`;
    case 'unknown':
      return `there is no partner "${fault.value}"`;
    case 'missing':
      return `${fault.column} is missing`;
    case 'tooLong':
      return `${fault.column} is too long ("${fault.value ?? ''}…")`;
    case 'invalid':
      return `${fault.column} is not valid ("${fault.value ?? ''}")`;
  }
}
