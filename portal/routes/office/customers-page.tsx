import { Placeholder } from '../placeholder.tsx';

export function CustomersPage() {
  return <Placeholder titleId="shell.officeCustomers" />;
}
