import { Button } from '@mantine/core';
import { IconPhonePlus } from '@tabler/icons-react';
import { Page } from '../../components/page.tsx';
import { useText } from '../../text/use-text.ts';
import { CustomerStep } from './customer-step.tsx';
import { OfferStep } from './offer-step.tsx';
import { OrderStep } from './order-step.tsx';
import { ProposalStep } from './proposal-step.tsx';
import classes from './step.module.css';
import { TeamStep } from './team-step.tsx';
import { useSale } from './use-sale.ts';

/** One sale from the first word of the call to the completed order, on one page. */
export function DeskPage() {
  const t = useText();
  const sale = useSale();
  const isBegun = Boolean(sale.customerId ?? sale.requestId ?? sale.orderId);
  const state = sale.order.data?.state;
  // Once the order is through, the button for the next call stands where the eyes are.
  const isOver = state === 'completed' || state === 'cancelled';
  return (
    <Page
      title={t('desk.title')}
      lead={t('desk.lead')}
      actions={
        isBegun &&
        !isOver && (
          <Button
            variant="default"
            leftSection={<IconPhonePlus size={16} aria-hidden />}
            onClick={() => sale.restart()}
          >
            {t('desk.nextCall')}
          </Button>
        )
      }
    >
      <ol className={classes.steps}>
        <CustomerStep sale={sale} />
        <ProposalStep sale={sale} />
        <OfferStep key={sale.customerId} sale={sale} />
        <TeamStep sale={sale} />
        <OrderStep sale={sale} />
      </ol>
    </Page>
  );
}
