import { Button, Card, Group, Table, Text, VisuallyHidden } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import type { Notice } from '../../../contract/notice.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Moment } from '../../components/moment.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { Page } from '../../components/page.tsx';
import { showMessage } from '../../components/show-message.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { stateTones } from '../../components/state-tone.ts';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import { usePages } from '../../data/use-pages.ts';
import { useText } from '../../text/use-text.ts';
import { StateFilter } from '../desk/state-filter.tsx';
import type { NoticeState } from './office-search.ts';

const route = getRouteApi('/shell/signedIn/staff/office/notices');
const perPage = 50;
// The keys of the table are the states; Object.keys types them as plain strings.
const states = Object.keys(stateTones.notice) as NoticeState[];

/** Mails that the system owes, with how far each has come; what failed goes out again with a button. */
export function NoticesPage() {
  const t = useText();
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const { query, more, isLoadingMore } = usePages([...queryKeys.notices, state], (after, signal) =>
    api.listNotices({
      query: { limit: perPage, ...(after !== undefined && { after }), ...(state && { state }) },
      signal,
    }),
  );
  const show = (next: NoticeState | undefined) => void navigate({ search: next ? { state: next } : {}, replace: true });
  return (
    <Page title={t('office.notices.title')} lead={t('office.notices.lead')}>
      <Group mb="md">
        <StateFilter kind="notice" states={states} value={state} onChange={show} />
      </Group>
      <Card padding={0}>
        <Loaded query={query}>
          {(notices) =>
            notices.length === 0 ? (
              <NoNotices isFiltered={state !== undefined} onShowAll={() => show(undefined)} />
            ) : (
              <>
                <NoticeTable notices={notices} />
                <MoreButton onMore={more} isLoading={isLoadingMore} />
              </>
            )
          }
        </Loaded>
      </Card>
    </Page>
  );
}

function NoticeTable({ notices }: { notices: readonly Notice[] }) {
  const t = useText();
  return (
    <ListTable label={t('office.notices.title')} minWidth={820}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('office.notices.kind')}</Table.Th>
          <Table.Th>{t('office.notices.to')}</Table.Th>
          <Table.Th>{t('office.notices.state')}</Table.Th>
          <Table.Th>{t('office.notices.queued')}</Table.Th>
          <Table.Th>
            <VisuallyHidden>{t('desk.orders.actions')}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {notices.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} />
        ))}
      </Table.Tbody>
    </ListTable>
  );
}

function NoticeRow({ notice }: { notice: Notice }) {
  const t = useText();
  const send = useAction({
    run: (noticeId: string, idempotencyKey) => api.sendNoticeAgain({ noticeId, idempotencyKey }),
    onDone: ({ to }) => showMessage(t('office.notices.sendAgain.done', { to })),
    changes: [queryKeys.notices],
  });
  const isRepeatable = notice.state === 'failed' || notice.state === 'bounced';
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={600}>{t(`office.notice.${notice.kind}`)}</Text>
        <Text size="sm" c="dimmed">
          {t('office.notices.language')}: {notice.language}
        </Text>
      </Table.Td>
      <Table.Td>{notice.to}</Table.Td>
      <Table.Td maw={320}>
        <StateBadge kind="notice" state={notice.state} />
        <Progress notice={notice} />
      </Table.Td>
      <Table.Td>
        <Moment at={notice.queuedAt} />
      </Table.Td>
      <Table.Td ta="right">
        {isRepeatable && (
          <Button
            variant="default"
            size="compact-sm"
            loading={send.isPending}
            aria-label={`${t('office.notices.sendAgain')}: ${t(`office.notice.${notice.kind}`)}, ${notice.to}`}
            onClick={() => send.start(notice.id)}
          >
            {t('office.notices.sendAgain')}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Progress({ notice }: { notice: Notice }) {
  const t = useText();
  const { acceptedAt, nextAttemptAt, attempts, lastError, state } = notice;
  return (
    <>
      <Text size="sm" c="dimmed">
        {acceptedAt ? <Moment at={acceptedAt} show="exact" /> : t('office.notices.attempts', { count: attempts })}
        {state === 'queued' && nextAttemptAt && attempts > 0 && (
          <>
            {` · ${t('office.notices.nextAttempt')} `}
            <Moment at={nextAttemptAt} />
          </>
        )}
      </Text>
      {lastError && state !== 'accepted' && (
        <Text size="sm" c="var(--mantine-color-error)" style={{ overflowWrap: 'anywhere' }}>
          {lastError}
        </Text>
      )}
    </>
  );
}

function NoNotices({ isFiltered, onShowAll }: { isFiltered: boolean; onShowAll: () => void }) {
  const t = useText();
  return (
    <EmptyState
      icon={IconMail}
      title={t(isFiltered ? 'office.notices.noneInState' : 'office.notices.none.title')}
      hint={isFiltered ? undefined : t('office.notices.none.hint')}
      action={
        isFiltered && (
          <Button variant="default" onClick={onShowAll}>
            {t('office.notices.showAll')}
          </Button>
        )
      }
    />
  );
}
