import { ActionIcon, Button, Menu, Table, VisuallyHidden } from '@mantine/core';
import { IconDots, IconFileInvoice } from '@tabler/icons-react';
import { EmptyState } from '../../components/empty-state.tsx';
import { MenuItemLink, TextLink } from '../../components/link.tsx';
import { ListTable } from '../../components/list-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Day } from '../../components/moment.tsx';
import { Money } from '../../components/money.tsx';
import { MoreButton } from '../../components/more-button.tsx';
import { showMessage } from '../../components/show-message.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import { usePages } from '../../data/use-pages.ts';
import { useText } from '../../text/use-text.ts';
import type { Offer } from '../link/offer-lines.tsx';
import { useWithdraw } from './offer-actions.tsx';
import type { OfferPhase } from './orders-search.ts';

const perPage = 50;

interface OfferListProps {
  phase: OfferPhase | undefined;
  onShowAll: () => void;
}

/** Offers, newest first. */
export function OfferList({ phase, onShowAll }: OfferListProps) {
  const t = useText();
  const { query, more, isLoadingMore } = usePages([...queryKeys.offers, 'list', phase], (after, signal) =>
    api.listOffers({
      query: { limit: perPage, ...(after !== undefined && { after }), ...(phase && { phase }) },
      signal,
    }),
  );
  return (
    <Loaded query={query}>
      {(offers) =>
        offers.length === 0 ? (
          <NoOffers isFiltered={phase !== undefined} onShowAll={onShowAll} />
        ) : (
          <>
            <ListTable label={t('desk.orders.offers')} minWidth={680}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('desk.orders.number')}</Table.Th>
                  <Table.Th>{t('desk.orders.customer')}</Table.Th>
                  <Table.Th ta="right">{t('desk.orders.total')}</Table.Th>
                  <Table.Th>{t('desk.orders.state')}</Table.Th>
                  <Table.Th>{t('desk.orders.validUntil')}</Table.Th>
                  <Table.Th w={56}>
                    <VisuallyHidden>{t('desk.orders.actions')}</VisuallyHidden>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {offers.map((offer) => (
                  <OfferRow key={offer.id} offer={offer} />
                ))}
              </Table.Tbody>
            </ListTable>
            <MoreButton onMore={more} isLoading={isLoadingMore} />
          </>
        )
      }
    </Loaded>
  );
}

function OfferRow({ offer }: { offer: Offer }) {
  const t = useText();
  const withdraw = useWithdraw();
  const send = useAction({
    run: ({ id, version }: Offer, idempotencyKey) => api.sendOffer({ offerId: id, ifMatch: version, idempotencyKey }),
    onDone: ({ contactEmail: email }) => showMessage(t('desk.offer.sentNotice', { email })),
    changes: [queryKeys.offers],
  });
  const isOpen = offer.phase === 'inProgress' || offer.phase === 'pending';
  return (
    <Table.Tr>
      <Table.Td>
        <TextLink to="/desk" search={{ offer: offer.id }} fw={600} style={{ whiteSpace: 'nowrap' }}>
          {offer.number}
        </TextLink>
      </Table.Td>
      <Table.Td>{offer.customerName}</Table.Td>
      <Table.Td ta="right">
        <Money {...offer.total} />
      </Table.Td>
      <Table.Td>
        <StateBadge kind="offer" state={offer.phase} />
      </Table.Td>
      <Table.Td>
        <Day date={offer.validUntil} />
      </Table.Td>
      <Table.Td>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              aria-label={t('desk.orders.actionsOf', { number: offer.number })}
              loading={send.isPending || withdraw.isPending}
            >
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <MenuItemLink to="/desk" search={{ offer: offer.id }}>
              {t('desk.orders.openInDesk')}
            </MenuItemLink>
            {isOpen && (
              <Menu.Item onClick={() => send.start(offer)}>
                {t(offer.sentAt ? 'desk.offer.sendAgain' : 'desk.offer.send')}
              </Menu.Item>
            )}
            {(isOpen || offer.phase === 'expired') && (
              <Menu.Item c="var(--mantine-color-error)" onClick={() => withdraw.start(offer)}>
                {t('desk.offer.withdraw')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}

function NoOffers({ isFiltered, onShowAll }: { isFiltered: boolean; onShowAll: () => void }) {
  const t = useText();
  return (
    <EmptyState
      icon={IconFileInvoice}
      title={t(isFiltered ? 'desk.orders.noneInState' : 'desk.orders.noOffers.title')}
      hint={isFiltered ? undefined : t('desk.orders.noOffers.hint')}
      action={
        isFiltered && (
          <Button variant="default" onClick={onShowAll}>
            {t('desk.orders.showAll')}
          </Button>
        )
      }
    />
  );
}
