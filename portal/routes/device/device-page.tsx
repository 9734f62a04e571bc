import { Button, Group } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { TextLink } from '../../components/link.tsx';
import { NarrowCard } from '../../components/narrow-card.tsx';
import { api } from '../../data/api.ts';
import { useSignedIn } from '../../data/me.ts';
import { useAction } from '../../data/use-action.tsx';
import { useText } from '../../text/use-text.ts';
import { CodeForm } from './code-form.tsx';
import { isWholeCode, tidyCode } from './device-code.ts';
import type { FoundDevice } from './device-request.tsx';
import { DeviceRequest } from './device-request.tsx';

const route = getRouteApi('/shell/signedIn/device');

interface Outcome {
  kind: 'approved' | 'refused';
  application: string;
}

/** Signs an application in that shows a code: first who asks and from where, then a click, never without one. */
export function DevicePage() {
  const t = useText();
  const { code } = route.useSearch();
  const navigate = route.useNavigate();
  const [found, setFound] = useState<FoundDevice>();
  const [outcome, setOutcome] = useState<Outcome>();
  const find = useAction({
    run: (userCode: string) => api.findDeviceRequest({ body: { userCode } }),
    onDone: setFound,
    failure: 'page',
  });
  // Only looks: a link with a code shows who asks, and does nothing else.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the code of the address is what is followed
  useEffect(() => {
    if (code && isWholeCode(code)) find.start(tidyCode(code));
  }, [code]);

  const startOver = () => {
    setFound(undefined);
    setOutcome(undefined);
    find.reset();
    void navigate({ search: {}, replace: true });
  };
  if (outcome) return <Done outcome={outcome} onAgain={startOver} />;
  if (found) return <DeviceRequest request={found} onDone={setOutcome} onBack={startOver} />;
  return (
    <NarrowCard title={t('device.title')} lead={t('device.lead')}>
      <CodeForm
        initial={tidyCode(code ?? '')}
        error={find.error}
        isPending={find.isPending}
        onSubmit={find.start}
        onRetry={find.retry}
      />
    </NarrowCard>
  );
}

function Done({ outcome: { kind, application }, onAgain }: { outcome: Outcome; onAgain: () => void }) {
  const t = useText();
  const { account } = useSignedIn();
  const values = { application, name: account.name };
  return (
    <NarrowCard
      title={t(`device.${kind}.title`, values)}
      lead={t(`device.${kind}.text`, values)}
      footer={kind === 'approved' && <TextLink to="/why">{t('why.locked')}</TextLink>}
    >
      <Group>
        <Button variant="default" onClick={onAgain}>
          {t('device.another')}
        </Button>
      </Group>
    </NarrowCard>
  );
}
