import { Tooltip } from '@mantine/core';
import { useFormat } from '../text/use-format.ts';
import { useNow } from './use-now.ts';

interface MomentProps {
  /** An instant, ISO 8601 in UTC. */
  at: string;
  /** Which of the two stands in the text; the other one stands in the tooltip. */
  show?: 'distance' | 'exact';
}

/** When something happened or will: "3 minutes ago", with the exact time at hand. */
export function Moment({ at, show = 'distance' }: MomentProps) {
  const format = useFormat();
  const now = useNow();
  const instant = new Date(at);
  const distance = format.distance(instant, now);
  const exact = format.moment(instant);
  return (
    <Tooltip label={show === 'exact' ? distance : exact}>
      <time dateTime={at}>{show === 'exact' ? exact : distance}</time>
    </Tooltip>
  );
}

/** A calendar date `2027-01-31`, the same day for every reader. */
export function Day({ date }: { date: string }) {
  const format = useFormat();
  return <time dateTime={date}>{format.day(date)}</time>;
}
