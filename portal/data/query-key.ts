import type { QueryKey } from '@tanstack/react-query';

/**
 * Where each answer of the server is kept.
 *
 * All that belongs to one team begins with `team` and its id, all of offers, orders and customers with `sale`: one message
 * of the stream makes them fresh together. Pages add parts of their own at the end.
 */
export const queryKeys = {
  deployment: ['deployment'],
  demoSignIns: ['demoSignIns'],
  me: ['me'],
  signIns: ['signIns'],
  entitlements: ['entitlements'],
  teams: ['teams'],
  team: (teamId: string) => ['team', teamId],
  members: (teamId: string) => ['team', teamId, 'members'],
  licences: (teamId: string) => ['team', teamId, 'licences'],
  storage: (teamId: string) => ['team', teamId, 'storage'],
  receipts: (teamId: string) => ['team', teamId, 'receipts'],
  why: ['why'],
  sale: ['sale'],
  customers: ['sale', 'customers'],
  customer: (customerId: string) => ['sale', 'customers', customerId],
  customerRequests: ['sale', 'customerRequests'],
  offers: ['sale', 'offers'],
  offer: (offerId: string) => ['sale', 'offers', offerId],
  orders: ['sale', 'orders'],
  order: (orderId: string) => ['sale', 'orders', orderId],
  priceList: ['priceList'],
  catalogue: ['catalogue'],
  notices: ['notices'],
  mailbox: ['mailbox'],
  record: (streamId?: string) => (streamId ? ['record', streamId] : ['record']),
  link: (linkId: string) => ['link', linkId],
} as const satisfies Record<string, QueryKey | ((id: string) => QueryKey)>;
