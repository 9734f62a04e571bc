import type { desk as english } from '../en/desk.ts';

export const desk: Partial<typeof english> = {
  'desk.title': 'Prodej',
  'desk.orders.title': 'Nabídky a objednávky',
};
