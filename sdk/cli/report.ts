/** Sets rows of cells so that they stand under each other. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const clean = rows.map((row) => row.map(printable));
  const widths = (clean[0] ?? []).map((_, column) => Math.max(...clean.map((row) => (row[column] ?? '').length)));
  return clean.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A moment as people at this device read it. */
export function momentText(moment: Date): string {
  return moment.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

/** Takes out what could steer a terminal: names come from a server, and a server's names from people. */
export function printable(text: string): string {
  return text.replace(/[\p{Control}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '');
}

const refusals: Readonly<Record<string, string>> = {
  clockSetBack: 'does not count: the clock of this device was set back',
  leaseOfAnotherDevice: 'does not count: it is another device’s',
  cacheTampered: 'does not count: what is kept here was changed',
  wrongKey: 'does not count: it is signed with a key that is not trusted',
  leaseExpired: 'has ended',
  leaseInvalid: 'does not count: it is no lease for this application',
  leaseRevoked: 'was revoked',
};

/** Why a lease does not count. */
export function refusalText(refusal: string): string {
  return refusals[refusal] ?? refusal;
}
