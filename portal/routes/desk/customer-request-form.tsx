import { Button, Group, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { parseCustomerNumber } from '../../../domain/customer-number.ts';
import { Loaded } from '../../components/loaded.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import { useDeployment } from '../../data/deployment.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import { languageNames } from '../../text/locale.ts';
import type { Translate } from '../../text/use-text.ts';
import { useText } from '../../text/use-text.ts';
import { isEmailAddress } from '../account/person-rule.ts';
import { useCountries } from './countries.ts';
import type { CustomerWish } from './customer-wish.ts';
import { languageFor, wishOf } from './customer-wish.ts';

interface CustomerRequestFormProps {
  /** What was typed into the search. */
  typed: string;
  onRequested: (requestId: string) => void;
  onBack: () => void;
}

const sampleSize = 100;

/** Asks the vendor for a new customer; what can be guessed is filled in once the partner's other customers are known. */
export function CustomerRequestForm({ typed, ...rest }: CustomerRequestFormProps) {
  const { languages } = useDeployment();
  const others = useQuery({
    queryKey: [...queryKeys.customers, 'sample'],
    queryFn: ({ signal }) => api.listCustomers({ query: { limit: sampleSize }, signal }),
  });
  return (
    <Loaded query={others}>
      {({ items }) => {
        const countries = items.map(({ country }) => country);
        return <WishForm wish={wishOf({ typed, countries, locales: navigator.languages, languages })} {...rest} />;
      }}
    </Loaded>
  );
}

interface Values extends CustomerWish {
  coreLicences: number | '';
  contactName: string;
  contactEmail: string;
}

function WishForm({ wish, onRequested, onBack }: { wish: CustomerWish } & Omit<CustomerRequestFormProps, 'typed'>) {
  const t = useText();
  const countries = useCountries();
  const { languages } = useDeployment();
  const request = useAction({
    run: ({ coreLicences, ...values }: Values, idempotencyKey) =>
      api.requestCustomer({ body: { ...values, coreLicences: Number(coreLicences) }, idempotencyKey }),
    onDone: ({ requestId }) => onRequested(requestId),
    changes: [queryKeys.customerRequests],
    failure: 'page',
  });
  const form = useForm<Values>({
    initialValues: { ...wish, coreLicences: '', contactName: '', contactEmail: '' },
    validate: faultsOf(t),
  });
  return (
    <form onSubmit={form.onSubmit(request.start)} noValidate aria-label={t('desk.customer.form')}>
      <Stack>
        <ProblemAlert error={request.error} onRetry={request.retry} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={t('desk.customer.number')}
            inputMode="numeric"
            autoFocus={wish.customerNumber === ''}
            {...form.getInputProps('customerNumber')}
          />
          <TextInput
            label={t('desk.customer.name')}
            maxLength={160}
            autoFocus={wish.customerNumber !== ''}
            {...form.getInputProps('name')}
          />
          <NumberInput
            label={t('desk.customer.coreLicences')}
            min={0}
            max={1_000_000}
            allowDecimal={false}
            hideControls
            {...form.getInputProps('coreLicences')}
          />
          <TextInput label={t('desk.customer.contactName')} maxLength={120} {...form.getInputProps('contactName')} />
          <TextInput label={t('desk.customer.contactEmail')} type="email" {...form.getInputProps('contactEmail')} />
          <SimpleGrid cols={2}>
            <Select
              label={t('desk.customer.country')}
              data={countries}
              searchable
              allowDeselect={false}
              nothingFoundMessage={t('desk.customer.countryNone')}
              {...form.getInputProps('country')}
              onChange={(country) => {
                if (country) form.setValues({ country, language: languageFor(country, languages) });
              }}
            />
            <Select
              label={t('desk.customer.language')}
              data={languages.map((value) => ({ value, label: languageNames[value] }))}
              allowDeselect={false}
              {...form.getInputProps('language')}
            />
          </SimpleGrid>
        </SimpleGrid>
        <Group>
          <Button type="submit" loading={request.isPending}>
            {t('desk.customer.submit')}
          </Button>
          <Button variant="subtle" onClick={onBack}>
            {t('desk.customer.back')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function faultsOf(t: Translate) {
  const filled = (value: string) => (value.trim() ? null : t('desk.customer.fault.missing'));
  return {
    customerNumber: (number: string) => (parseCustomerNumber(number) ? null : t('desk.customer.fault.number')),
    name: filled,
    coreLicences: (count: number | '') => (count === '' ? t('desk.customer.fault.count') : null),
    contactName: filled,
    contactEmail: (email: string) => (isEmailAddress(email) ? null : t('desk.customer.fault.email')),
  };
}
