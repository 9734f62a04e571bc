import { Placeholder } from '../placeholder.tsx';

export function CustomerRequestsPage() {
  return <Placeholder titleId="shell.officeRequests" />;
}
