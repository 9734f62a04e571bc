import { Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import type { PeopleFile, Team } from '../../../../contract/team.ts';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { api } from '../../../data/api.ts';
import { useAction } from '../../../data/use-action.tsx';
import { useText } from '../../../text/use-text.ts';
import type { ProductFigures } from '../licences/product-figures.ts';
import { FileDrop } from './file-drop.tsx';
import { FilePreview } from './file-preview.tsx';
import { InvitingProgress, InvitingResult } from './inviting-progress.tsx';
import { useInviting } from './use-inviting.ts';

interface FileDialogProps {
  team: Pick<Team, 'id'>;
  products: readonly ProductFigures[];
  opened: boolean;
  onClose: () => void;
}

/** Takes people from a CSV file: what it would do is shown first, and nothing is written before a yes. */
export function FileDialog({ team, products, opened, onClose }: FileDialogProps) {
  const t = useText();
  const [file, setFile] = useState<PeopleFile>();
  const inviting = useInviting(team.id);
  const reading = useAction({
    run: (chosen: File) => api.readPeopleFile({ teamId: team.id, body: chosen }),
    onDone: setFile,
    failure: 'page',
  });
  const { state } = inviting;
  const isBusy = state !== undefined && state.step !== 'done';
  const startOver = () => {
    setFile(undefined);
    reading.reset();
    inviting.reset();
  };
  const close = () => {
    if (isBusy) return;
    startOver();
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="xl"
      title={t('team.file.title')}
      closeButtonProps={{ 'aria-label': t('component.close') }}
    >
      {!file && (
        <Stack>
          <ProblemAlert error={reading.error} onRetry={reading.retry} />
          <FileDrop isReading={reading.isPending} fileName={reading.input?.name} onFile={reading.start} />
        </Stack>
      )}
      {file && !state && (
        <FilePreview
          {...{ file, products }}
          onSend={(people, product) => void inviting.start(people, product)}
          onOther={startOver}
        />
      )}
      {state && isBusy && <InvitingProgress state={state} />}
      {state?.step === 'done' && <InvitingResult state={state} onAgain={startOver} onClose={close} />}
    </Modal>
  );
}
