import type { ButtonProps } from '@mantine/core';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useText } from '../text/use-text.ts';

interface ConfirmButtonProps extends ButtonProps {
  /** The button's own words; the dialogue repeats them on the button that acts. */
  children: string;
  /** What is asked, as the dialogue's title. */
  question: string;
  /** What follows from a yes. */
  consequence: ReactNode;
  /** `bad` for what takes something away. */
  tone?: 'neutral' | 'bad';
  onConfirm: () => void;
}

/** A button for what should not happen by a slip: it asks once before it acts. */
export function ConfirmButton({
  children,
  question,
  consequence,
  tone = 'neutral',
  onConfirm,
  ...button
}: ConfirmButtonProps) {
  const t = useText();
  const [opened, { open, close }] = useDisclosure();
  const confirm = () => {
    close();
    onConfirm();
  };
  return (
    <>
      <Button variant="default" {...button} onClick={open}>
        {children}
      </Button>
      <Modal opened={opened} onClose={close} title={question} closeButtonProps={{ 'aria-label': t('component.close') }}>
        <Stack>
          <Text size="sm">{consequence}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('component.cancel')}
            </Button>
            <Button color={tone === 'bad' ? 'red' : undefined} onClick={confirm}>
              {children}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
