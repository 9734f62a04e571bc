import { Placeholder } from '../placeholder.tsx';

export function DeskPage() {
  return <Placeholder titleId="desk.title" />;
}
