import { Button, Checkbox, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Member, Team } from '../../../../contract/team.ts';
import { useDeployment } from '../../../data/deployment.ts';
import { useText } from '../../../text/use-text.ts';
import type { ProductFigures } from '../licences/product-figures.ts';
import type { Invitee } from './inviting.ts';
import { InvitingProgress, InvitingResult } from './inviting-progress.tsx';
import { readPastedPeople } from './pasted-people.ts';
import { PastedSummary } from './pasted-summary.tsx';
import { ReserveChoice } from './reserve-choice.tsx';
import { useInviting } from './use-inviting.ts';

interface InviteDialogProps {
  team: Pick<Team, 'id'>;
  members: readonly Member[];
  products: readonly ProductFigures[];
  opened: boolean;
  onClose: () => void;
}

const roles = ['member', 'licenceManager', 'administrator'] as const;

/** Invites one or many people by their addresses. */
export function InviteDialog({ team, members, products, opened, onClose }: InviteDialogProps) {
  const t = useText();
  const { state, start, reset } = useInviting(team.id);
  const isBusy = state !== undefined && state.step !== 'done';
  const close = () => {
    if (isBusy) return;
    reset();
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={t('team.invite.title')}
      closeButtonProps={{ 'aria-label': t('component.close') }}
    >
      {!state && <InviteForm {...{ members, products }} onSend={(people, product) => void start(people, product)} />}
      {state && isBusy && <InvitingProgress state={state} />}
      {state?.step === 'done' && <InvitingResult state={state} onAgain={reset} onClose={close} />}
    </Modal>
  );
}

interface InviteFormProps extends Pick<InviteDialogProps, 'members' | 'products'> {
  onSend: (people: readonly Invitee[], product: ProductFigures | undefined) => void;
}

function InviteForm({ members, products, onSend }: InviteFormProps) {
  const t = useText();
  const { invitationDays } = useDeployment();
  const [text, setText] = useState('');
  const [role, setRole] = useState<(typeof roles)[number]>('member');
  const [external, setExternal] = useState(false);
  const [productId, setProductId] = useState<string>();
  const pasted = useMemo(() => readPastedPeople(text), [text]);
  const inTeam = useMemo(() => new Set<string>(members.map(({ email }) => email)), [members]);
  const people = pasted.people.filter(({ email }) => !inTeam.has(email));
  const product = products.find((one) => one.productId === productId && one.free >= people.length);
  const send = () =>
    onSend(
      people.map((person) => ({ ...person, role: external ? 'member' : role, external })),
      product,
    );
  return (
    <Stack>
      <Textarea
        label={t('team.invite.addresses')}
        description={t('team.invite.addressesHint')}
        autosize
        minRows={3}
        maxRows={10}
        data-autofocus
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <PastedSummary pasted={pasted} known={pasted.people.length - people.length} />
      <Group align="flex-start" gap="xl">
        <Select
          label={t('team.invite.role')}
          data={roles.map((value) => ({ value, label: t(`team.role.${value}`) }))}
          description={t(`team.roleHint.${external ? 'member' : role}`)}
          value={external ? 'member' : role}
          disabled={external}
          allowDeselect={false}
          // The list gives back one of the values it was given.
          onChange={(value) => value && setRole(value as (typeof roles)[number])}
        />
        <Checkbox
          mt={{ base: 0, sm: 28 }}
          label={t('team.invite.external')}
          description={t('team.invite.externalHint')}
          checked={external}
          onChange={(event) => setExternal(event.currentTarget.checked)}
        />
      </Group>
      <ReserveChoice products={products} count={people.length} chosen={productId} onChoose={setProductId} />
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed">
          {t('team.invite.mails', { days: invitationDays })}
        </Text>
        <Button disabled={people.length === 0} onClick={send} ml="auto">
          {t('team.invite.submit', { count: people.length })}
        </Button>
      </Group>
    </Stack>
  );
}
