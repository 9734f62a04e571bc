import { Box, Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import type { ProblemCode } from '../../data/api-problem.ts';
import { problemCode } from '../../data/api-problem.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useAction } from '../../data/use-action.tsx';
import { useText } from '../../text/use-text.ts';
import classes from './link-page.module.css';
import type { Offer } from './offer-lines.tsx';
import type { LinkProof } from './opened-link.ts';
import { useLinkUpdate } from './opened-link.ts';

interface OfferAnswerProps {
  offer: Offer;
  proof: LinkProof;
}

/** The customer accepts or declines the very version that stands above. */
export function OfferAnswer({ offer, proof }: OfferAnswerProps) {
  const t = useText();
  const { linkId, secret } = proof;
  const update = useLinkUpdate<'offer'>(linkId);
  const [isDeclining, declining] = useDisclosure();
  const accept = useAction({
    run: (acceptedBy: string, idempotencyKey) =>
      api.acceptOffer({ linkId, ifMatch: offer.version, body: { secret, acceptedBy }, idempotencyKey }),
    onDone: (accepted) => update({ offer: accepted }),
    changes: [queryKeys.link(linkId)],
    failure: 'page',
  });
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { name: offer.contactName },
    validate: { name: (name) => (name.trim() ? null : t('link.offer.nameMissing')) },
  });
  return (
    <div className={classes.screenOnly}>
      <Panel title={t('link.offer.answer')} hint={t('link.offer.answerHint')}>
        <AnswerProblem error={accept.error} onRetry={accept.retry} />
        <form
          onSubmit={form.onSubmit(({ name }) => accept.start(name.trim()))}
          noValidate
          hidden={deadLinks.has(problemCode(accept.error))}
        >
          <Stack>
            <TextInput
              label={t('link.offer.name')}
              description={t('link.offer.nameHint')}
              autoComplete="name"
              maxLength={120}
              maw={420}
              key={form.key('name')}
              {...form.getInputProps('name')}
            />
            <Group>
              <Button type="submit" loading={accept.isPending}>
                {t('link.offer.accept')}
              </Button>
              <Button variant="default" onClick={declining.open}>
                {t('link.offer.decline')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Panel>
      <DeclineDialogue offer={offer} proof={proof} isOpen={isDeclining} onClose={declining.close} />
    </div>
  );
}

interface DeclineDialogueProps extends OfferAnswerProps {
  isOpen: boolean;
  onClose: () => void;
}

function DeclineDialogue({ offer, proof: { linkId, secret }, isOpen, onClose }: DeclineDialogueProps) {
  const t = useText();
  const update = useLinkUpdate<'offer'>(linkId);
  const decline = useAction({
    run: (reason: string, idempotencyKey) =>
      api.rejectOffer({
        linkId,
        ifMatch: offer.version,
        body: { secret, ...(reason && { reason }) },
        idempotencyKey,
      }),
    onDone: (declined) => update({ offer: declined }),
    changes: [queryKeys.link(linkId)],
    failure: 'page',
  });
  const form = useForm({ mode: 'uncontrolled', initialValues: { reason: '' } });
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('link.offer.declineQuestion')}
      closeButtonProps={{ 'aria-label': t('component.close') }}
    >
      <form onSubmit={form.onSubmit(({ reason }) => decline.start(reason.trim().replace(/\s+/g, ' ')))}>
        <Stack>
          <Text size="sm">{t('link.offer.declineText', { partner: offer.partnerName })}</Text>
          <AnswerProblem error={decline.error} onRetry={decline.retry} />
          <Textarea
            label={t('link.offer.declineReason')}
            maxLength={500}
            autosize
            minRows={2}
            key={form.key('reason')}
            {...form.getInputProps('reason')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('component.cancel')}
            </Button>
            <Button type="submit" color="red" loading={decline.isPending}>
              {t('link.offer.declineConfirm')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What ends a link for good: nothing can be answered with it any more. */
const deadLinks: ReadonlySet<ProblemCode> = new Set(['linkUnknown', 'linkExpired', 'linkUsed', 'linkEnded']);

/** A changed offer is no problem to show here: the page reads it again and says so above it. */
function AnswerProblem({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  if (!error || problemCode(error) === 'versionChanged') return null;
  return (
    <Box mb="md">
      <ProblemAlert error={error} onRetry={onRetry} />
    </Box>
  );
}
