import { Combobox, Group, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Customer } from '../../../contract/customer.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useText } from '../../text/use-text.ts';

const typingMillis = 120;
const shownCustomers = 8;
/** The value of the option that asks for a new customer; customers have their ids. */
const request = 'request';

interface CustomerSearchProps {
  onChoose: (customerId: string) => void;
  /** Asks for a new customer, with what was typed. */
  onRequest: (typed: string) => void;
}

/** Finds a customer while its number or name is typed. */
export function CustomerSearch({ onChoose, onRequest }: CustomerSearchProps) {
  const t = useText();
  const [typed, setTyped] = useState('');
  const { items, error, refetch, isFresh } = useFound(typed);
  const [isEager, setEager] = useState(false);
  const combobox = useCombobox();
  const choose = (value: string | undefined) =>
    value && value !== request ? onChoose(value) : onRequest(typed.trim());
  // What is listed may still belong to an earlier text: whoever typed on means the new one.
  const submit = (value: string) => (isFresh ? choose(value) : setEager(true));

  const firstId = items[0]?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first one is chosen once for each answer, so that arrow keys keep theirs
  useEffect(() => {
    if (!isFresh) return;
    combobox.selectFirstOption();
    // Enter came before the answer did.
    if (isEager) choose(firstId);
  }, [isFresh, isEager, firstId]);

  return (
    <>
      <Combobox store={combobox} onOptionSubmit={submit} withinPortal={false}>
        <Combobox.Target withExpandedAttribute>
          <TextInput
            role="combobox"
            aria-autocomplete="list"
            label={t('desk.customer.search')}
            description={t('desk.customer.searchHint')}
            size="md"
            leftSection={<IconSearch size={18} aria-hidden />}
            rightSection={typed.trim() !== '' && !isFresh && !error && <Loader size="xs" />}
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            autoFocus
            value={typed}
            onFocus={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value);
              setEager(false);
              combobox.openDropdown();
            }}
            onKeyDown={({ key }) => key === 'Enter' && typed.trim() !== '' && !isFresh && setEager(true)}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={typed.trim() === '' || !isFresh}>
          <Combobox.Options aria-label={t('desk.customer.found')}>
            {items.map((customer) => (
              <Found key={customer.id} customer={customer} />
            ))}
            {items.length === 0 && <Combobox.Empty>{t('desk.customer.none')}</Combobox.Empty>}
            <Combobox.Option value={request}>
              <Group gap="xs" wrap="nowrap">
                <IconUserPlus size={16} aria-hidden />
                <span>{t('desk.customer.requestTyped', { typed: typed.trim() })}</span>
              </Group>
            </Combobox.Option>
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <ProblemAlert error={error} onRetry={() => void refetch()} />
    </>
  );
}

function Found({ customer }: { customer: Customer }) {
  return (
    <Combobox.Option value={customer.id}>
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text span fw={600} truncate>
          {customer.name}
        </Text>
        <Text span style={{ flexShrink: 0 }}>
          {customer.customerNumber} · {customer.country}
        </Text>
      </Group>
    </Combobox.Option>
  );
}

/** What the server finds; fresh once it belongs to the very text that stands in the field. */
function useFound(typed: string) {
  const text = typed.trim();
  const [search] = useDebouncedValue(text, typingMillis);
  const query = useQuery({
    queryKey: [...queryKeys.customers, 'found', search],
    queryFn: search
      ? ({ signal }) => api.listCustomers({ query: { search, limit: shownCustomers }, signal })
      : skipToken,
    placeholderData: keepPreviousData,
  });
  const isFresh = text !== '' && text === search && query.data !== undefined && !query.isPlaceholderData;
  return { items: query.data?.items ?? [], error: query.error, refetch: query.refetch, isFresh };
}
