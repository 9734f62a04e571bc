import { Button } from '@mantine/core';
import { useState } from 'react';
import { Loaded } from '../../components/loaded.tsx';
import { useText } from '../../text/use-text.ts';
import { CustomerCard } from './customer-card.tsx';
import { CustomerRequestForm } from './customer-request-form.tsx';
import { CustomerRequestState } from './customer-request-state.tsx';
import { CustomerSearch } from './customer-search.tsx';
import { OpenSales } from './open-sales.tsx';
import { stepState } from './sale-step.ts';
import { Step } from './step.tsx';
import type { Sale } from './use-sale.ts';

/** Who calls: found by number or name, or asked for from the vendor. */
export function CustomerStep({ sale }: { sale: Sale }) {
  const t = useText();
  const isChosen = sale.customerId !== undefined;
  return (
    <Step
      step="customer"
      state={stepState('customer', sale.current)}
      actions={
        isChosen && (
          <Button variant="subtle" size="compact-sm" onClick={() => sale.restart()}>
            {t('desk.customer.change')}
          </Button>
        )
      }
    >
      {isChosen ? <Chosen sale={sale} /> : <Choice sale={sale} />}
    </Step>
  );
}

function Chosen({ sale }: { sale: Sale }) {
  return (
    <Loaded query={sale.customer}>
      {({ customer }) => (
        <>
          <CustomerCard customer={customer} />
          {sale.offerId === undefined && <OpenSales customerId={customer.id} onResume={sale.go} />}
        </>
      )}
    </Loaded>
  );
}

function Choice({ sale }: { sale: Sale }) {
  const [wanted, setWanted] = useState<string>();
  if (sale.requestId) return <CustomerRequestState requestId={sale.requestId} sale={sale} />;
  if (wanted !== undefined) {
    return (
      <CustomerRequestForm
        typed={wanted}
        onRequested={(request) => sale.go({ request })}
        onBack={() => setWanted(undefined)}
      />
    );
  }
  return <CustomerSearch onChoose={(customer) => sale.go({ customer })} onRequest={setWanted} />;
}
