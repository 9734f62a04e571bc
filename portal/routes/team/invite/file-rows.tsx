import { Accordion, Badge, Group, Table, Text } from '@mantine/core';
import type { PeopleFile } from '../../../../contract/team.ts';
import type { TextId } from '../../../text/en.ts';
import { useFormat } from '../../../text/use-format.ts';
import type { Translate } from '../../../text/use-text.ts';
import { useText } from '../../../text/use-text.ts';

interface ShownRow {
  readonly line: number;
  readonly what: string;
  readonly why: string;
}

const shownRows = 100;

/** The rows of the file that are not simply taken, each kind with row number and reason; wrong rows are open. */
export function FileRows({ file }: { file: PeopleFile }) {
  const t = useText();
  const { faults, disabled, repeats, known, people } = file;
  return (
    <Accordion multiple defaultValue={faults.length > 0 ? ['faults'] : []} variant="contained" chevronPosition="left">
      <Rows name="faults" title={t('team.file.faults', { count: faults.length })} rows={faults.map(faultRow(t))} />
      <Rows
        name="disabled"
        title={t('team.file.disabled')}
        rows={disabled.map(({ line, name, email }) => ({ line, what: `${name} · ${email}`, why: '' }))}
      />
      <Rows
        name="repeats"
        title={t('team.file.repeats', { count: repeats.length })}
        rows={repeats.map(({ line, email, firstLine }) => ({
          line,
          what: email,
          why: t('team.file.firstLine', { line: firstLine }),
        }))}
      />
      <Rows
        name="known"
        title={t('team.file.known')}
        rows={known.map(({ line, email }) => ({ line, what: email, why: '' }))}
      />
      <Rows
        name="people"
        title={t('team.file.people', { count: people.length })}
        rows={people.map(({ line, name, email, external }) => ({
          line,
          what: `${name} · ${email}`,
          why: external ? t('team.external') : '',
        }))}
      />
    </Accordion>
  );
}

function faultRow(t: Translate) {
  return ({ line, reason, value }: PeopleFile['faults'][number]): ShownRow => {
    const textId = faultTexts[reason] ?? 'team.fileFault.other';
    const what = reason.endsWith('Cells') ? t('team.file.cells', { count: Number(value) }) : (value ?? '');
    return { line, what, why: t(textId) };
  };
}

const faultTexts: Readonly<Record<string, TextId>> = {
  missingEmail: 'team.fileFault.missingEmail',
  invalidEmail: 'team.fileFault.invalidEmail',
  nameTooLong: 'team.fileFault.nameTooLong',
  tooManyCells: 'team.fileFault.tooManyCells',
  tooFewCells: 'team.fileFault.tooFewCells',
};

function Rows({ name, title, rows }: { name: string; title: string; rows: readonly ShownRow[] }) {
  const t = useText();
  const format = useFormat();
  if (rows.length === 0) return null;
  return (
    <Accordion.Item value={name}>
      <Accordion.Control>
        <Group gap="xs">
          <Badge variant="default" size="sm">
            {format.number(rows.length)}
          </Badge>
          <Text size="sm">{title}</Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Table verticalSpacing={4} horizontalSpacing="sm" layout="auto">
          <Table.Tbody>
            {rows.slice(0, shownRows).map(({ line, what, why }) => (
              <Table.Tr key={line}>
                <Table.Th scope="row" fw={400} w={72}>
                  {t('team.file.line')} {line}
                </Table.Th>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{what}</Table.Td>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{why}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {rows.length > shownRows && (
          <Text size="sm" c="dimmed" px="sm" pt={6}>
            {t('team.file.moreRows', { count: rows.length - shownRows })}
          </Text>
        )}
      </Accordion.Panel>
    </Accordion.Item>
  );
}
