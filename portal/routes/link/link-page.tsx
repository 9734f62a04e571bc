import { Placeholder } from '../placeholder.tsx';

export function LinkPage() {
  return <Placeholder titleId="link.opening" />;
}
