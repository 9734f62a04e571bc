import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { PeopleFile } from '../../../../contract/team.ts';
import { Figure, Figures } from '../../../components/figure.tsx';
import { useDeployment } from '../../../data/deployment.ts';
import { useFormat } from '../../../text/use-format.ts';
import { useText } from '../../../text/use-text.ts';
import type { ProductFigures } from '../licences/product-figures.ts';
import { FileRows } from './file-rows.tsx';
import type { Invitee } from './inviting.ts';
import { ReserveChoice } from './reserve-choice.tsx';

interface FilePreviewProps {
  file: PeopleFile;
  products: readonly ProductFigures[];
  onSend: (people: readonly Invitee[], product: ProductFigures | undefined) => void;
  onOther: () => void;
}

/** What a file of people would do, before anything is done. */
export function FilePreview({ file, products, onSend, onOther }: FilePreviewProps) {
  const t = useText();
  const { invitationDays } = useDeployment();
  const [productId, setProductId] = useState<string>();
  const count = file.people.length;
  const product = products.find((one) => one.productId === productId && one.free >= count);
  const send = () =>
    onSend(
      file.people.map(({ email, name, external }) => ({ email, name, external, role: 'member' as const })),
      product,
    );
  return (
    <Stack>
      <FileFigures file={file} />
      <FileRows file={file} />
      {count > 0 && <ReserveChoice products={products} count={count} chosen={productId} onChoose={setProductId} />}
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed">
          {count > 0 ? t('team.invite.mails', { days: invitationDays }) : t('team.file.nothing')}
        </Text>
        <Group gap="xs" ml="auto">
          <Button variant="default" onClick={onOther}>
            {t('team.file.other')}
          </Button>
          <Button disabled={count === 0} onClick={send} data-autofocus>
            {t('team.invite.submit', { count })}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

function FileFigures({ file }: { file: PeopleFile }) {
  const t = useText();
  const format = useFormat();
  const { people, known, disabled, repeats, faults } = file;
  const external = people.filter((person) => person.external).length;
  return (
    <Figures>
      <Figure
        label={t('team.file.people', { count: people.length })}
        value={format.number(people.length)}
        tone={people.length > 0 ? 'good' : 'neutral'}
        hint={external > 0 && t('team.file.externalCount', { count: external })}
      />
      {faults.length > 0 && (
        <Figure
          label={t('team.file.faults', { count: faults.length })}
          value={format.number(faults.length)}
          tone="bad"
        />
      )}
      {disabled.length > 0 && <Figure label={t('team.file.disabled')} value={format.number(disabled.length)} />}
      {repeats.length > 0 && (
        <Figure label={t('team.file.repeats', { count: repeats.length })} value={format.number(repeats.length)} />
      )}
      {known.length > 0 && <Figure label={t('team.file.known')} value={format.number(known.length)} />}
    </Figures>
  );
}
