import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useFormat } from '../../../text/use-format.ts';
import type { Translate } from '../../../text/use-text.ts';
import { useText } from '../../../text/use-text.ts';
import type { PersonQuestion } from './person-question.ts';

interface PersonDialogProps {
  question: PersonQuestion | undefined;
  teamName: string;
  /** Names of the products that the person has a licence of, which comes free. */
  productNames: readonly string[];
  onConfirm: (question: PersonQuestion) => void;
  onClose: () => void;
}

/** Asks once before somebody is removed, leaves, or is offered the team, and says what follows. */
export function PersonDialog({ question, teamName, productNames, onConfirm, onClose }: PersonDialogProps) {
  const t = useText();
  const format = useFormat();
  const texts = question && textsOf(question, teamName, t);
  const isOffer = question?.kind === 'offerOwnership';
  return (
    <Modal
      opened={question !== undefined}
      onClose={onClose}
      title={texts?.title}
      closeButtonProps={{ 'aria-label': t('component.close') }}
    >
      {question && texts && (
        <Stack>
          <Text size="sm">{texts.text}</Text>
          {!isOffer && (
            <Text size="sm">
              {productNames.length > 0
                ? t('team.person.licencesFree', { products: format.list(productNames) })
                : t('team.person.noLicences')}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus>
              {t('component.cancel')}
            </Button>
            <Button color={isOffer ? 'accent' : 'red'} onClick={() => onConfirm(question)}>
              {texts.action}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function textsOf({ kind, member }: PersonQuestion, team: string, t: Translate) {
  const values = { name: member.name, team };
  const kinds = {
    withdraw: ['withdrawQuestion', 'withdrawText', 'withdraw'],
    remove: ['removeQuestion', 'removeText', 'remove'],
    leave: ['leaveQuestion', 'leaveText', 'leave'],
    offerOwnership: ['offerQuestion', 'offerText', 'offerOwnership'],
  } as const;
  const [title, text, action] = kinds[kind];
  return {
    title: t(`team.person.${title}`, values),
    text: t(`team.person.${text}`, values),
    action: t(`team.person.${action}`, values),
  };
}
