import { useFormat } from '../text/use-format.ts';

/** A size of storage in its largest binary unit. */
export function Bytes({ count }: { count: number }) {
  const format = useFormat();
  return <span>{format.bytes(count)}</span>;
}
