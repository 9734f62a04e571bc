import { Button, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Moment } from '../../components/moment.tsx';
import { NarrowCard } from '../../components/narrow-card.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { api } from '../../data/api.ts';
import { useSignedIn } from '../../data/me.ts';
import { useAction } from '../../data/use-action.tsx';
import { useText } from '../../text/use-text.ts';
import classes from './device-request.module.css';

export type FoundDevice = Awaited<ReturnType<typeof api.findDeviceRequest>>;

interface DeviceRequestProps {
  request: FoundDevice;
  onDone: (outcome: { kind: 'approved' | 'refused'; application: string }) => void;
  onBack: () => void;
}

/** Who asks, from where and since when, with the two answers. */
export function DeviceRequest({ request, onDone, onBack }: DeviceRequestProps) {
  const t = useText();
  const { account } = useSignedIn();
  const { userCode, applicationName: application } = request;
  const approve = useAction<void>({
    run: (_, idempotencyKey) => api.approveDeviceRequest({ body: { userCode }, idempotencyKey }),
    onDone: () => onDone({ kind: 'approved', application }),
    failure: 'page',
  });
  const refuse = useAction<void>({
    run: (_, idempotencyKey) => api.denyDeviceRequest({ body: { userCode }, idempotencyKey }),
    onDone: () => onDone({ kind: 'refused', application }),
    failure: 'page',
  });
  const failed = approve.error ? approve : refuse;
  return (
    <NarrowCard title={t('device.ask', { application })} lead={t('device.askLead')}>
      <Stack>
        <ProblemAlert
          error={failed.error}
          onRetry={failed.retry}
          actions={
            <Button size="compact-sm" variant="default" onClick={onBack}>
              {t('device.another')}
            </Button>
          }
        />
        <dl className={classes.facts}>
          <Fact label={t('device.application')}>{application}</Fact>
          <Fact label={t('device.place')} hint={request.place ? t('device.placeHint') : undefined}>
            {request.place ?? t('device.placeUnknown')}
          </Fact>
          <Fact label={t('device.address')}>{request.address}</Fact>
          <Fact label={t('device.requested')}>
            <Moment at={request.requestedAt} />
          </Fact>
          <Fact label={t('device.expires')}>
            <Moment at={request.expiresAt} />
          </Fact>
          <Fact label={t('device.code')}>{userCode}</Fact>
        </dl>
        <Text size="sm">{t('device.consent', { days: request.signedInDays })}</Text>
        <Button loading={approve.isPending} disabled={refuse.isPending} onClick={() => approve.start()}>
          {t('device.approve', { name: account.name })}
        </Button>
        <Button
          variant="default"
          loading={refuse.isPending}
          disabled={approve.isPending}
          onClick={() => refuse.start()}
        >
          {t('device.refuse')}
        </Button>
      </Stack>
    </NarrowCard>
  );
}

function Fact({ label, hint, children }: { label: string; hint?: string | undefined; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {children}
        {hint && (
          <Text size="xs" c="dimmed">
            {hint}
          </Text>
        )}
      </dd>
    </>
  );
}
