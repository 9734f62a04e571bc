import type { RecordEvent } from '../../../contract/record.ts';
import type { TextId } from '../../text/en.ts';
import { en } from '../../text/en.ts';
import type { Format } from '../../text/format.ts';
import type { Translate } from '../../text/use-text.ts';
import { actorName, eventValues } from './event-values.ts';

/** An event in a sentence; of a kind that is newer than this page its bare name. */
export function eventText(
  event: Pick<RecordEvent, 'kind' | 'actor' | 'data' | 'names'>,
  t: Translate,
  format: Format,
): string {
  const id = `record.event.${event.kind}`;
  if (!isTextId(id)) return t('record.unknown', { actor: actorName(event.actor, t), kind: event.kind });
  return t(id, eventValues(event, t, format));
}

function isTextId(id: string): id is TextId {
  return Object.hasOwn(en, id);
}
