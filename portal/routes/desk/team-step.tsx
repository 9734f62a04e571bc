import { Button, Group, Stack, Text } from '@mantine/core';
import { Loaded } from '../../components/loaded.tsx';
import { ToneBadge } from '../../components/state-badge.tsx';
import { useText } from '../../text/use-text.ts';
import { CorrectOwner } from './correct-owner.tsx';
import type { StepState } from './sale-step.ts';
import { stepState } from './sale-step.ts';
import { Step } from './step.tsx';
import { TeamChoice } from './team-choice.tsx';
import type { CustomerDetails, Sale } from './use-sale.ts';

/** Which team gets what was ordered: one of the customer's, a new one, or one that the office tells later. */
export function TeamStep({ sale }: { sale: Sale }) {
  const t = useText();
  const { team, orderId, go } = sale;
  const isChangeable = team !== undefined && orderId === undefined && sale.current === 'order';
  return (
    <Step
      step="team"
      state={stateOf(sale)}
      actions={
        isChangeable && (
          <Button variant="subtle" size="compact-sm" onClick={() => go({ team: undefined })}>
            {t('desk.team.change')}
          </Button>
        )
      }
    >
      <Loaded query={sale.customer}>
        {(customer) =>
          team === undefined && orderId === undefined ? (
            <TeamChoice customer={customer} mayWait onChoose={(chosen) => go({ team: chosen })} />
          ) : (
            <Chosen sale={sale} customer={customer} />
          )
        }
      </Loaded>
    </Step>
  );
}

/** A pending order has its team still ahead, although the call has gone on. */
function stateOf({ current, order, team }: Sale): StepState {
  const state = stepState('team', current);
  return state === 'done' && order.data?.teamId === null && team !== 'later' ? 'current' : state;
}

function Chosen({ sale, customer }: { sale: Sale; customer: CustomerDetails }) {
  const t = useText();
  const order = sale.order.data;
  const teamId = order?.teamId ?? (sale.team === 'later' ? undefined : sale.team);
  const team = customer.teams.find(({ id }) => id === teamId);
  if (team) {
    return (
      <Group justify="space-between">
        <Stack gap={0}>
          <Group gap="xs">
            <Text fw={600}>{team.name}</Text>
            {!team.claimed && <ToneBadge tone="waiting">{t('desk.team.unclaimed')}</ToneBadge>}
          </Group>
          <Text size="sm" c="dimmed">
            {t('desk.team.owner', { owner: team.ownerName ?? team.ownerEmail })}
          </Text>
        </Stack>
        {!team.claimed && <CorrectOwner team={team} customerId={customer.customer.id} />}
      </Group>
    );
  }
  const { teamName, ownerEmail } = order ?? {};
  return (
    <Text>
      {teamName && ownerEmail
        ? t('desk.team.chosen', { team: teamName, owner: ownerEmail })
        : t('desk.team.chosenLater')}
    </Text>
  );
}
