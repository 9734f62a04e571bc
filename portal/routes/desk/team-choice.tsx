import { Button, Group, Radio, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import { parseTeamName } from '../../../domain/team-name.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import type { Translate } from '../../text/use-text.ts';
import { useText } from '../../text/use-text.ts';
import { isEmailAddress } from '../account/person-rule.ts';
import type { CustomerDetails, CustomerTeam } from './use-sale.ts';

interface TeamChoiceProps {
  customer: CustomerDetails;
  /** Whether the office may tell its team later. */
  mayWait?: boolean;
  /** Gets the id of a team, or `later`. */
  onChoose: (team: string) => void;
}

interface Values {
  /** The id of a team, `new` or `later`; nothing chosen yet is empty. */
  which: string;
  name: string;
  ownerEmail: string;
}

/** Chooses one of the customer's teams or makes one with them: a name and the owner's address are enough. */
export function TeamChoice({ customer, mayWait = false, onChoose }: TeamChoiceProps) {
  const t = useText();
  const make = useMakeTeam(customer.customer.id, onChoose);
  const form = useForm<Values>({
    initialValues: {
      which: preselected(customer.teams),
      name: customer.customer.name,
      ownerEmail: customer.customer.contactEmail,
    },
    validate: (values) => faultsOf(values, t),
  });
  const { which } = form.values;
  const isNew = which === 'new';
  return (
    <form
      onSubmit={form.onSubmit(({ which: chosen, ...team }) => (chosen === 'new' ? make.start(team) : onChoose(chosen)))}
      noValidate
      aria-label={t('desk.step.team')}
    >
      <Stack>
        <ProblemAlert error={make.error} onRetry={make.retry} />
        {customer.teams.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('desk.team.none')}
          </Text>
        )}
        <Radio.Group label={t('desk.team.choose')} {...form.getInputProps('which')}>
          <Stack gap={10} mt={6}>
            {customer.teams.map((team, index) => (
              <Radio
                key={team.id}
                value={team.id}
                autoFocus={which === team.id || (which === '' && index === 0)}
                label={team.name}
                description={describe(team, t)}
              />
            ))}
            <Radio value="new" label={t('desk.team.new')} />
            {mayWait && (
              <Radio
                value="later"
                label={t('desk.team.later')}
                description={t('desk.team.laterHint', { email: customer.customer.contactEmail })}
              />
            )}
          </Stack>
        </Radio.Group>
        {isNew && (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={t('desk.team.name')} maxLength={80} autoFocus {...form.getInputProps('name')} />
            <TextInput
              label={t('desk.team.ownerEmail')}
              description={t('desk.team.ownerEmailHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              type="email"
              {...form.getInputProps('ownerEmail')}
            />
          </SimpleGrid>
        )}
        <Group>
          <Button type="submit" loading={make.isPending} disabled={which === ''}>
            {t(isNew ? 'desk.team.make' : which === 'later' ? 'desk.team.goOn' : 'desk.team.use')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useMakeTeam(customerId: string, onMade: (teamId: string) => void) {
  const client = useQueryClient();
  return useAction({
    run: ({ name, ownerEmail }: Omit<Values, 'which'>, idempotencyKey) =>
      api.makeTeam({ body: { name: name.trim(), ownerEmail: ownerEmail.trim(), customerId }, idempotencyKey }),
    onDone: async ({ id }) => {
      await client.invalidateQueries({ queryKey: queryKeys.customer(customerId) });
      onMade(id);
    },
    failure: 'page',
  });
}

function preselected(teams: readonly CustomerTeam[]): string {
  if (teams.length === 0) return 'new';
  return teams.length === 1 ? (teams[0]?.id ?? '') : '';
}

function describe({ ownerName, ownerEmail, claimed, memberCount, licenceCount }: CustomerTeam, t: Translate): string {
  const owner = t('desk.team.owner', { owner: ownerName ?? ownerEmail });
  const size = claimed
    ? t('desk.team.option', { count: memberCount, licences: licenceCount })
    : t('desk.team.unclaimed');
  return `${owner} · ${size}`;
}

function faultsOf({ which, name, ownerEmail }: Values, t: Translate) {
  if (which !== 'new') return {};
  return {
    name: parseTeamName(name) ? null : t('desk.team.fault.name'),
    ownerEmail: isEmailAddress(ownerEmail) ? null : t('desk.customer.fault.email'),
  };
}
