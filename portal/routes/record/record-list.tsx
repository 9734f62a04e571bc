import { Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import type { RecordEvent } from '../../../contract/record.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Moment } from '../../components/moment.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { usePages } from '../../data/use-pages.ts';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/use-text.ts';
import { eventText } from './event-text.ts';
import classes from './record-list.module.css';

/** Events that concern the reader, newest first; of one stream, or of all with where each happened. */
export function RecordList({ streamId }: { streamId?: string }) {
  const t = useText();
  const { query, more, isLoadingMore } = usePages(queryKeys.record(streamId), (after, signal) =>
    api.listRecord({ query: { ...(streamId ? { streamId } : {}), ...(after ? { after } : {}) }, signal }),
  );
  return (
    <Loaded query={query}>
      {(events) =>
        events.length === 0 ? (
          <EmptyState icon={IconHistory} title={t('record.empty')} hint={t('record.emptyHint')} />
        ) : (
          <>
            <ol className={classes.list}>
              {events.map((event) => (
                <EventLine key={`${event.streamId} ${event.number}`} event={event} showsWhere={!streamId} />
              ))}
            </ol>
            <MoreButton onMore={more} isLoading={isLoadingMore} />
          </>
        )
      }
    </Loaded>
  );
}

function EventLine({ event, showsWhere }: { event: RecordEvent; showsWhere: boolean }) {
  const t = useText();
  const format = useFormat();
  const where = event.names[event.streamId];
  return (
    <li className={classes.event}>
      <span className={classes.what}>
        {eventText(event, t, format)}
        {showsWhere && where && (
          <Text span size="sm" c="dimmed">
            {' '}
            {where}
          </Text>
        )}
      </span>
      <span className={classes.when}>
        <Moment at={event.at} show="exact" />
      </span>
    </li>
  );
}
