import type { desk as english } from '../en/desk.ts';

export const desk: Partial<typeof english> = {
  'desk.title': 'Vertrieb',
  'desk.orders.title': 'Angebote und Bestellungen',
};
