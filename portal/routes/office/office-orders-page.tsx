import { Placeholder } from '../placeholder.tsx';

export function OfficeOrdersPage() {
  return <Placeholder titleId="shell.officeOrders" />;
}
