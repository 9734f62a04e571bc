import type { RecordedEvent } from './recorded-event.ts';

/** What an event may hold: ids, calendar dates and moments, words of the product's own, currencies, numbers. */
const IMPERSONAL = [
  /^[a-z]+_[0-7][0-9a-hjkmnp-tv-z]{25}$/,
  /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}\.\d{3}Z)?$/,
  /^[a-z][A-Za-z0-9]*$/,
  /^[A-Z]{3}$/,
  /^vendor$/,
];

/** And in the event of a seal, whose texts are held against what they stand for: a digest, a signature. */
const SEALING = [/^[0-9a-f]{64}$/, /^[\w-]+\.[\w-]+\.[\w-]+$/];

/** The texts in an event that are neither ids nor words, and so may be somebody's name or address. */
export function personalFaults({ streamId, number, kind, data, actorId }: RecordedEvent): string[] {
  const texts = [...textsIn(data), actorId];
  const forms = [...IMPERSONAL, ...(kind === 'recordSealed' ? SEALING : [])];
  return texts
    .filter((text) => !forms.some((form) => form.test(text)))
    .map((text) => `rule 11: ${streamId} event ${number} (${kind}) holds ${JSON.stringify(text)}`);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
