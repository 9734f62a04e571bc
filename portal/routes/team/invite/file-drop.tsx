import { Button, FileButton, Loader, Text } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import type { DragEvent } from 'react';
import { useState } from 'react';
import { useText } from '../../../text/use-text.ts';
import classes from './file-drop.module.css';

interface FileDropProps {
  isReading: boolean;
  fileName: string | undefined;
  onFile: (file: File) => void;
}

/** Takes one file, dropped or chosen. */
export function FileDrop({ isReading, fileName, onFile }: FileDropProps) {
  const t = useText();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse alone; the button within does the same
    <div
      className={classes.drop}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {isReading ? <Loader /> : <IconFileSpreadsheet size={32} stroke={1.4} aria-hidden />}
      <Text size="sm" c="dimmed" maw={440} role="status">
        {isReading ? t('team.file.reading', { name: fileName ?? '' }) : t('team.file.lead')}
      </Text>
      <FileButton accept=".csv,.txt,text/csv" onChange={(file) => file && onFile(file)}>
        {(props) => (
          <Button {...props} disabled={isReading} data-autofocus>
            {t('team.file.choose')}
          </Button>
        )}
      </FileButton>
      <Text size="xs" c="dimmed" visibleFrom="sm">
        {t('team.file.drop')}
      </Text>
    </div>
  );
}
