import { Placeholder } from '../placeholder.tsx';

export function OrdersPage() {
  return <Placeholder titleId="desk.orders.title" />;
}
