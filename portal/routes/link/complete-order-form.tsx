import { Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Order } from '../../../contract/order.ts';
import { parseTeamName } from '../../../domain/team-name.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import { useAction } from '../../data/use-action.tsx';
import type { Translate } from '../../text/use-text.ts';
import { useText } from '../../text/use-text.ts';
import { isEmailAddress } from '../account/person-rule.ts';
import { forgetSecret } from './link-secret.ts';
import type { Offer } from './offer-lines.tsx';
import type { LinkProof } from './opened-link.ts';
import { useLinkUpdate } from './opened-link.ts';

interface CompleteOrderFormProps {
  offer: Offer;
  order: Order;
  proof: LinkProof;
}

interface Named {
  teamName: string;
  ownerEmail: string;
  makeTeam: boolean;
}

interface Values extends Omit<Named, 'makeTeam'> {
  /** The id of a team that could be meant, or one of the two ways to name another. */
  which: string;
}

/** Names the team: one that could be meant, one that exists, or a new one, which needs two fields and no thought. */
export function CompleteOrderForm({ offer, order, proof: { linkId, secret } }: CompleteOrderFormProps) {
  const t = useText();
  const update = useLinkUpdate<'completeOrder'>(linkId);
  const complete = useAction({
    run: (named: Named, idempotencyKey) =>
      api.completeOrderByLink({ linkId, body: { secret, ...named }, idempotencyKey }),
    onDone: (completed) => {
      forgetSecret(linkId);
      update({ order: completed });
    },
    failure: 'page',
  });
  const form = useForm<Values>({
    initialValues: {
      which: order.candidates[0]?.id ?? 'new',
      teamName: order.teamName ?? offer.customerName,
      ownerEmail: order.ownerEmail ?? offer.contactEmail,
    },
    validate: (values) => (isNaming(values) ? faultsOf(values, t) : {}),
  });
  return (
    <form onSubmit={form.onSubmit((values) => complete.start(namedBy(values, order)))} noValidate>
      <Stack>
        <ProblemAlert error={complete.error} onRetry={complete.retry} />
        <Radio.Group label={t('link.complete.which')} {...form.getInputProps('which')}>
          <Stack gap="xs" mt={6}>
            {order.candidates.map(({ id, name, ownerEmail }) => (
              <Radio key={id} value={id} label={t('link.complete.candidate', { team: name, owner: ownerEmail })} />
            ))}
            <Radio value="new" label={t('link.complete.new')} description={t('link.complete.newHint')} />
            <Radio value="existing" label={t('link.complete.existing')} description={t('link.complete.existingHint')} />
          </Stack>
        </Radio.Group>
        {isNaming(form.values) && (
          <>
            <TextInput
              label={t('link.complete.name')}
              maxLength={80}
              maw={420}
              autoComplete="off"
              {...form.getInputProps('teamName')}
            />
            <TextInput
              label={t('link.complete.owner')}
              description={t('link.complete.ownerHint')}
              type="email"
              maw={420}
              autoComplete="email"
              {...form.getInputProps('ownerEmail')}
            />
          </>
        )}
        <Group>
          <Button type="submit" loading={complete.isPending}>
            {t('link.complete.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function isNaming({ which }: Values): boolean {
  return which === 'new' || which === 'existing';
}

function faultsOf({ teamName, ownerEmail }: Values, t: Translate) {
  return {
    teamName: parseTeamName(teamName) ? null : t('link.complete.nameMissing'),
    ownerEmail: isEmailAddress(ownerEmail) ? null : t('link.complete.emailInvalid'),
  };
}

function namedBy({ which, teamName, ownerEmail }: Values, { candidates }: Order): Named {
  const candidate = candidates.find(({ id }) => id === which);
  if (candidate) return { teamName: candidate.name, ownerEmail: candidate.ownerEmail, makeTeam: false };
  return { teamName: teamName.trim(), ownerEmail: ownerEmail.trim(), makeTeam: which === 'new' };
}
