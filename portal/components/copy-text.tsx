import { ActionIcon, Code, CopyButton, Group, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useText } from '../text/use-text.ts';
import { announce } from './announcer.tsx';

interface CopyTextProps {
  /** What goes to the clipboard and, unless `shown` differs, stands in the page. */
  text: string;
  /** What the text is, for the button's name: "order number". */
  what: string;
  shown?: string;
}

/** A piece of text to take along: an id, a code, an address. */
export function CopyText({ text, what, shown = text }: CopyTextProps) {
  const t = useText();
  return (
    <Group gap={4} wrap="nowrap" display="inline-flex" maw="100%">
      <Code>{shown}</Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('component.copied') : t('component.copy')}>
            <ActionIcon
              size="sm"
              aria-label={t('component.copyWhat', { what })}
              onClick={() => {
                copy();
                announce(t('component.copied'));
              }}
            >
              {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
