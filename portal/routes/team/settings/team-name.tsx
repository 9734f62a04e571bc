import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQueryClient } from '@tanstack/react-query';
import type { Team } from '../../../../contract/team.ts';
import { CopyText } from '../../../components/copy-text.tsx';
import { Panel } from '../../../components/panel.tsx';
import { ProblemAlert } from '../../../components/problem-alert.tsx';
import { showMessage } from '../../../components/show-message.ts';
import { api } from '../../../data/api.ts';
import { problemCode } from '../../../data/api-problem.ts';
import { queryKeys } from '../../../data/query-key.ts';
import { useAction } from '../../../data/use-action.tsx';
import { useText } from '../../../text/use-text.ts';

/** The team's name; whoever renames it names the version that was read. */
export function TeamName({ team, mayRename }: { team: Team; mayRename: boolean }) {
  const t = useText();
  const client = useQueryClient();
  const form = useForm({
    initialValues: { name: team.name, version: team.version },
    validate: { name: (name) => (name.trim() ? null : t('team.fault.nameMissing')) },
  });
  const takeOver = ({ name, version }: Pick<Team, 'name' | 'version'>) => form.setValues({ name, version });
  const rename = useAction({
    run: ({ name, version }: { name: string; version: number }) =>
      api.renameTeam({ teamId: team.id, body: { name: name.trim() }, ifMatch: version }),
    onDone: (renamed) => {
      client.setQueryData(queryKeys.team(team.id), renamed);
      takeOver(renamed);
      showMessage(t('team.settings.renamed', { name: renamed.name }));
    },
    changes: [queryKeys.team(team.id), queryKeys.teams],
    failure: 'page',
  });
  const readAgain = () => {
    if (problemCode(rename.error) !== 'versionChanged') return rename.retry();
    takeOver(team);
    rename.reset();
  };
  return (
    <Panel title={t('team.settings.name')}>
      <form onSubmit={form.onSubmit(rename.start)} noValidate>
        <Stack>
          <ProblemAlert error={rename.error} onRetry={readAgain} />
          <TextInput
            label={t('team.make.name')}
            description={t(mayRename ? 'team.settings.nameHint' : 'team.settings.readOnly')}
            maxLength={80}
            readOnly={!mayRename}
            {...form.getInputProps('name')}
          />
          <Group justify="space-between">
            {mayRename && (
              <Button type="submit" loading={rename.isPending}>
                {t('component.save')}
              </Button>
            )}
            <Text size="sm" c="dimmed" component="div">
              {t('team.settings.slug')}: <CopyText text={team.slug} what={t('team.settings.slug')} />
            </Text>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
