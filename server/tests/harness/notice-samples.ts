import type { NoticeKind } from '../../../contract/notice.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { money } from '../../../domain/money.ts';
import type { NoticePayloads } from '../../features/notice/notice.kinds.ts';

const date = (text: string) => text as CalendarDate;

const licences = { productName: 'Example Share', quantity: 12 };
const storage = { productName: 'Storage 100 GiB', quantity: 1 };
const customer = { customerName: 'Büro Süd Architekten GmbH' };
const sale = { ...customer, partnerName: 'BIM Partner Sachsen' };
const team = { teamName: 'Planung Süd' };
const offer = {
  ...sale,
  offerNumber: 'O-10042',
  agentName: 'Eva Lang',
  lines: [
    { ...licences, termMonths: 12 },
    { ...storage, termMonths: 1 },
  ],
  total: money(444_000, 'EUR'),
};
const order = { ...sale, orderNumber: 'R-20017' };
const term = { ...team, productName: 'Example Share', quantity: 12, endsOn: date('2027-03-01') };

/** One notice of each kind, as they come about in a sale. */
export const noticeSamples: { readonly [K in NoticeKind]: NoticePayloads[K] } = {
  accountConfirmation: {},
  accountExists: { name: 'Jana Nováková', path: '/sign-in' },
  passwordReset: {},
  passwordChanged: { changedAt: '2026-03-02T09:12:00.000Z', path: '/forgot' },
  offerSent: {
    ...offer,
    storageBytes: 220 * 1024 ** 3,
    validUntil: date('2026-04-01'),
    message: 'As discussed on the phone.\nThe storage is for the models of the school.',
  },
  offerAcceptedByPhone: { ...offer, acceptedBy: 'Connie Contact', acceptedAt: '2026-03-02T09:12:00.000Z' },
  orderToComplete: { ...order, lines: [licences, storage] },
  orderCompleted: {
    ...customer,
    ...team,
    orderNumber: order.orderNumber,
    lines: [licences, storage],
    storageBytes: 1.5 * 1024 ** 4,
    endsOn: date('2027-03-01'),
    audience: 'owner',
    path: '/teams/team_01',
  },
  orderHeld: { ...order, reason: 'disputed', path: '/office' },
  orderFailed: { ...order, path: '/office?show=failed' },
  offerAnswered: {
    offerNumber: 'A-2026-000123',
    customerName: 'Example Office',
    answer: { kind: 'accepted', by: 'Jana Example' },
    path: '/desk',
  },
  orderRefused: { ...order, reason: 'The customer has gone to another partner.', path: '/desk/orders' },
  teamMade: { ...sale, ...team },
  teamJoinsCustomer: { ...sale, ...team, customerNumber: '100231' },
  invitation: {
    ...team,
    invitedByName: 'Anna-Lena Böhm',
    productNames: ['Example Share', 'Example Exchange'],
    endsOn: date('2026-03-16'),
  },
  ownershipOffered: { ...team, offeredByName: 'Anna-Lena Böhm', path: '/teams/team_01' },
  customerConfirmed: { ...customer, customerNumber: '100231', path: '/desk' },
  customerDeclined: { ...customer, customerNumber: '100231', path: '/desk' },
  termEnding: { ...term, days: 30, path: '/teams/team_01' },
  termGrace: { ...term, graceEndsOn: date('2027-03-31'), path: '/teams/team_01' },
  termSuspended: { ...term, terminatesOn: date('2027-06-29'), path: '/teams/team_01' },
  termTerminated: { ...term, path: '/teams/team_01' },
};
