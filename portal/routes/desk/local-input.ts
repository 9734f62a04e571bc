/** A moment as a field for date and time holds it: local, to the minute, without a zone. */
export function localInput(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The moment that such a field means, in UTC. */
export function momentOfInput(text: string): string {
  return new Date(text).toISOString();
}
