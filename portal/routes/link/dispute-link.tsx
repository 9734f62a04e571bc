import { Alert, Card, Group, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { usePageTitle } from '../../components/use-page-title.ts';
import { api } from '../../data/api.ts';
import { useAction } from '../../data/use-action.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/use-text.ts';
import classes from './link-page.module.css';
import { OfferPaper } from './offer-paper.tsx';
import type { LinkProof, Opened } from './opened-link.ts';
import { useLinkUpdate } from './opened-link.ts';

/** "Not us": the customer says that nobody there accepted on the phone. */
export function DisputeLink({ opened, proof }: { opened: Opened<'dispute'>; proof: LinkProof }) {
  const t = useText();
  const format = useFormat();
  const { offer } = opened;
  const { partnerName: partner, acceptance } = offer;
  const update = useLinkUpdate<'dispute'>(proof.linkId);
  usePageTitle(t('link.dispute.title'));
  const dispute = useAction({
    run: ({ linkId, secret }: LinkProof, idempotencyKey) =>
      api.disputeAcceptance({ linkId, body: { secret }, idempotencyKey }),
    onDone: ({ held }) => held && update({ disputed: true }),
    failure: 'page',
  });
  const lead = t('link.dispute.lead', {
    agent: acceptance?.recordedBy ?? partner,
    name: acceptance?.acceptedBy ?? '',
    customer: offer.customerName,
    when: acceptance ? format.moment(new Date(acceptance.at)) : '',
  });
  return (
    <Stack gap="lg" className={classes.wide ?? ''}>
      <Card>
        <Stack>
          <Title order={1}>{t('link.dispute.title')}</Title>
          <Text>{lead}</Text>
          {opened.disputed || dispute.isDone ? (
            <Thanks kind={opened.disputed ? 'held' : 'late'} partner={partner} />
          ) : (
            <>
              <Text c="dimmed">{t('link.dispute.text')}</Text>
              <ProblemAlert error={dispute.error} onRetry={dispute.retry} />
              <Group>
                <ConfirmButton
                  tone="bad"
                  question={t('link.dispute.question')}
                  consequence={t('link.dispute.consequence', { partner })}
                  loading={dispute.isPending}
                  onConfirm={() => dispute.start(proof)}
                >
                  {t('link.dispute.submit')}
                </ConfirmButton>
              </Group>
            </>
          )}
        </Stack>
      </Card>
      <OfferPaper offer={offer} order={2} />
    </Stack>
  );
}

function Thanks({ kind, partner }: { kind: 'held' | 'late'; partner: string }) {
  const t = useText();
  return (
    <Alert color="green" icon={<IconCircleCheck />} title={t(`link.dispute.${kind}.title`)} role="status">
      {t(`link.dispute.${kind}.text`, { partner })}
    </Alert>
  );
}
