import { Placeholder } from '../placeholder.tsx';

export function RecordPage() {
  return <Placeholder titleId="record.title" />;
}
