import { Button, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { useText } from '../../text/use-text.ts';
import classes from './code-form.module.css';
import { isWholeCode, tidyCode } from './device-code.ts';

interface CodeFormProps {
  initial: string;
  error: unknown;
  isPending: boolean;
  onSubmit: (code: string) => void;
  onRetry: () => void;
}

/** Takes the code that an application shows. */
export function CodeForm({ initial, error, isPending, onSubmit, onRetry }: CodeFormProps) {
  const t = useText();
  const [code, setCode] = useState(initial);
  const [isShort, setShort] = useState(false);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setShort(!isWholeCode(code));
        if (isWholeCode(code)) onSubmit(tidyCode(code));
      }}
    >
      <Stack>
        <ProblemAlert error={error} onRetry={onRetry} />
        <TextInput
          label={t('device.code')}
          description={t('device.codeHint')}
          error={isShort && !isWholeCode(code) && t('device.fault.code')}
          classNames={{ input: classes.code ?? '' }}
          size="md"
          autoFocus
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          value={code}
          onChange={(event) => setCode(tidyCode(event.currentTarget.value))}
        />
        <Button type="submit" loading={isPending}>
          {t('device.find')}
        </Button>
      </Stack>
    </form>
  );
}
