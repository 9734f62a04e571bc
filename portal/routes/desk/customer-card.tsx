import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core';
import type { Customer } from '../../../contract/customer.ts';
import { languageNames } from '../../text/locale.ts';
import { useText } from '../../text/use-text.ts';
import { useCountryName } from './countries.ts';

/** The customer of this call, as much of it as helps to be sure that it is the right one. */
export function CustomerCard({ customer }: { customer: Customer }) {
  const t = useText();
  const country = useCountryName(customer.country);
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
      <Stack gap={0}>
        <Text fw={650} size="lg">
          {customer.name}
        </Text>
        <Text c="dimmed" size="sm">
          {t('offer.customerNumber', { number: customer.customerNumber })}
        </Text>
      </Stack>
      <Stack gap={0}>
        <Text>{customer.contactName}</Text>
        <Anchor href={`mailto:${customer.contactEmail}`} size="sm">
          {customer.contactEmail}
        </Anchor>
      </Stack>
      <Stack gap={0}>
        <Text>{country}</Text>
        <Text c="dimmed" size="sm">
          {languageNames[customer.language]}
        </Text>
      </Stack>
    </SimpleGrid>
  );
}
