import { useNow } from '../../../components/use-now.ts';
import type { Format } from '../../../text/format.ts';
import { useFormat } from '../../../text/use-format.ts';
import type { Translate } from '../../../text/use-text.ts';
import { useText } from '../../../text/use-text.ts';
import type { LicenceUse } from './licence-use.ts';
import classes from './people-table.module.css';

/** When the person's licence was given and picked up, or taken and locked: "given 10:41:07, picked up 10:41:07 on WS-114". */
export function UseCell({ use }: { use: LicenceUse | undefined }) {
  const t = useText();
  const format = useFormat();
  const now = useNow();
  const text = use ? lineOf(use, { t, format, now }) : '';
  return (
    // biome-ignore lint/a11y/useSemanticElements: the rows of this grid are no table rows
    // biome-ignore lint/a11y/useFocusableInteractive: a line of text is no control
    <div role="gridcell" className={`${classes.cell} ${classes.use}`} data-empty={!use}>
      <span className={classes.useText} title={text}>
        {text}
      </span>
    </div>
  );
}

const noticeMillis = 60_000;

function lineOf(
  { kind, at, noticed, lastContactAt }: LicenceUse,
  { t, format, now }: { t: Translate; format: Format; now: Date },
): string {
  const moment = (iso: string) => format.second(new Date(iso), now);
  const parts = [t(`team.use.${kind}`, { at: moment(at) })];
  const after = kind === 'given' ? 'pickedUp' : 'locked';
  if (!noticed) parts.push(t(`team.use.${after}Not`));
  else if (noticed.place) parts.push(t(`team.use.${after}On`, { at: moment(noticed.at), place: noticed.place }));
  else parts.push(t(`team.use.${after}`, { at: moment(noticed.at) }));
  // Right after the pick-up it would say the same once more.
  const isLater = lastContactAt && Date.parse(lastContactAt) - Date.parse(noticed?.at ?? at) > noticeMillis;
  if (isLater) parts.push(t('team.use.lastContact', { at: moment(lastContactAt) }));
  return parts.join(', ');
}
