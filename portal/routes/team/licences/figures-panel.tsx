import { Alert, Card, Divider, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCalendarX } from '@tabler/icons-react';
import type { Subscription } from '../../../../contract/licence.ts';
import type { Team } from '../../../../contract/team.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { Figure, Figures } from '../../../components/figure.tsx';
import { Day } from '../../../components/moment.tsx';
import { StateBadge } from '../../../components/state-badge.tsx';
import { useFormat } from '../../../text/use-format.ts';
import { useText } from '../../../text/use-text.ts';
import { isUsable } from './holding.ts';
import type { ProductFigures } from './product-figures.ts';
import { QuotaLine } from './quota-line.tsx';

/** How many licences the team has of each product, who has them in numbers, and until when. */
export function FiguresPanel({ team, products }: { team: Team; products: readonly ProductFigures[] }) {
  const t = useText();
  return (
    <Card component="section" aria-label={t('team.figures.title')}>
      {products.length === 0 ? (
        <EmptyState
          icon={IconCalendarX}
          title={t('team.figures.none')}
          hint={t('team.figures.noneHint', { email: team.owner.email })}
        />
      ) : (
        <Stack gap="lg">
          {products.map((product) => (
            <ProductPart key={product.productId} product={product} />
          ))}
        </Stack>
      )}
      <Divider my="sm" />
      <QuotaLine teamId={team.id} />
    </Card>
  );
}

function ProductPart({ product }: { product: ProductFigures }) {
  const t = useText();
  const format = useFormat();
  const { name, total, held, reserved, free, terms } = product;
  const working = terms.filter(isUsable);
  const share = (count: number) => (total === 0 ? 0 : (100 * count) / total);
  return (
    <div>
      <Group justify="space-between" align="flex-end" gap="lg" mb={8}>
        <Stack gap={6}>
          <Title order={2}>{name}</Title>
          <Terms terms={working} />
        </Stack>
        <Figures>
          <Figure label={t('team.figures.total')} value={format.number(total)} />
          <Figure label={t('team.figures.held')} value={format.number(held)} />
          <Figure label={t('team.figures.reserved')} value={format.number(reserved)} />
          <Figure label={t('team.figures.free')} value={format.number(free)} tone={free === 0 ? 'waiting' : 'good'} />
        </Figures>
      </Group>
      <Progress.Root size={8} aria-hidden>
        <Progress.Section value={share(held)} />
        <Progress.Section value={share(reserved)} color="yellow" />
      </Progress.Root>
      {terms
        .filter(({ phase }) => phase !== 'active')
        .map((term) => (
          <EndedTerm key={term.id} term={term} />
        ))}
    </div>
  );
}

function Terms({ terms }: { terms: readonly Subscription[] }) {
  const t = useText();
  const format = useFormat();
  const [first] = terms;
  if (!first) return null;
  if (terms.length === 1) {
    return (
      <Group gap="xs">
        <Text size="sm" c="dimmed">
          {t('team.figures.until')} <Day date={first.endsOn} />
        </Text>
        <StateBadge kind="subscription" state={first.phase} />
      </Group>
    );
  }
  return (
    <Text size="sm" c="dimmed">
      {terms
        .map(({ quantity, endsOn }) => t('team.figures.terms', { count: quantity, day: format.day(endsOn) }))
        .join(' · ')}
    </Text>
  );
}

function EndedTerm({ term: { phase, quantity, endsOn } }: { term: Subscription }) {
  const t = useText();
  const format = useFormat();
  const isGrace = phase === 'grace';
  return (
    <Alert mt="sm" variant="light" color={isGrace ? 'yellow' : 'red'} icon={<IconAlertTriangle />}>
      {t(isGrace ? 'team.figures.grace' : 'team.figures.suspended', { count: quantity, day: format.day(endsOn) })}
    </Alert>
  );
}
