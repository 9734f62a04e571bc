import type { RecordEvent } from '../../../contract/record.ts';
import type { Format } from '../../text/format.ts';
import type { TextValues, Translate } from '../../text/use-text.ts';

type NamedEvent = Pick<RecordEvent, 'actor' | 'data' | 'names'>;

/**
 * What an event's sentence takes: `memberId` comes in as `member` with the name that the id has today.
 *
 * Dates and roles come in as people read them, yes and no as words to select by.
 */
export function eventValues({ actor, data, names }: NamedEvent, t: Translate, format: Format): TextValues {
  const values: TextValues = { actor: actorName(actor, t) };
  for (const [key, value] of Object.entries(data)) {
    const shown = shownValue(value, names, t, format);
    if (shown !== undefined) values[key.replace(/Id$/, '')] = shown;
  }
  return values;
}

export function actorName({ kind, name }: RecordEvent['actor'], t: Translate): string {
  if (name !== null) return name;
  if (kind === 'system' || kind === 'link' || kind === 'application') return t(`record.actor.${kind}`);
  return t('record.actor.account');
}

const ID = /^(?<prefix>[a-z]{3,4})_[0-9a-z]{26}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const ROLE = /^(owner|administrator|licenceManager|member)$/;

function shownValue(
  value: unknown,
  names: RecordEvent['names'],
  t: Translate,
  format: Format,
): string | number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'string') return undefined;
  const prefix = ID.exec(value)?.groups?.prefix;
  if (prefix)
    return names[value] ?? t(prefix === 'mem' || prefix === 'acc' ? 'record.nameless.member' : 'record.nameless.other');
  if (DATE.test(value)) return format.day(value);
  // The pattern is the list of roles, each of which has its text.
  return ROLE.test(value) ? t(`record.role.${value as 'owner'}`) : value;
}
