import { Placeholder } from '../placeholder.tsx';

export function NoticesPage() {
  return <Placeholder titleId="shell.officeNotices" />;
}
