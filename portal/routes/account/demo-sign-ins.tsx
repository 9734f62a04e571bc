import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Panel } from '../../components/panel.tsx';
import { api } from '../../data/api.ts';
import { queryKeys } from '../../data/query-key.ts';
import { useText } from '../../text/use-text.ts';
import classes from './demo-sign-ins.module.css';

interface DemoSignInsProps {
  onChoose: (person: { email: string; password: string }) => void;
  isPending: boolean;
  chosen: string | undefined;
}

/** The people of the demo, each a click away. */
export function DemoSignIns({ onChoose, isPending, chosen }: DemoSignInsProps) {
  const t = useText();
  const people = useQuery({
    queryKey: queryKeys.demoSignIns,
    queryFn: ({ signal }) => api.listDemoSignIns({ signal }),
  });
  if (!people.data || people.data.items.length === 0) return null;
  return (
    <div className={classes.place}>
      <Panel title={t('account.signIn.demo')} hint={t('account.signIn.demoHint')}>
        <Stack gap={6}>
          {people.data.items.map(({ email, password, name, role }) => (
            <Button
              key={email}
              variant="default"
              justify="space-between"
              fullWidth
              loading={isPending && chosen === email}
              onClick={() => onChoose({ email, password })}
              rightSection={
                <Text span size="xs" c="dimmed">
                  {role}
                </Text>
              }
            >
              {name}
            </Button>
          ))}
        </Stack>
      </Panel>
    </div>
  );
}
