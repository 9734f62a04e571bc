import type { Me } from '../../contract/account.ts';
import type { TextId } from '../text/en.ts';

/** One entry of the main navigation; its icon stands in app-navigation.tsx. */
export interface Destination {
  readonly to: DestinationPath;
  readonly textId: TextId;
}

export type DestinationPath =
  | '/'
  | '/desk'
  | '/desk/orders'
  | '/office'
  | '/office/notices'
  | '/office/requests'
  | '/office/customers'
  | '/office/catalogue'
  | '/teams'
  | '/record'
  | '/device'
  | '/why'
  | '/mailbox';

export interface NavigationPart {
  /** Nothing for the part on top. */
  readonly titleId?: TextId;
  readonly destinations: readonly Destination[];
}

const desk: NavigationPart = {
  titleId: 'shell.desk',
  destinations: [
    { to: '/desk', textId: 'shell.newSale' },
    { to: '/desk/orders', textId: 'shell.orders' },
  ],
};

const office: NavigationPart = {
  titleId: 'shell.office',
  destinations: [
    { to: '/office', textId: 'shell.officeOrders' },
    { to: '/office/notices', textId: 'shell.officeNotices' },
    { to: '/office/requests', textId: 'shell.officeRequests' },
    { to: '/office/customers', textId: 'shell.officeCustomers' },
    { to: '/office/catalogue', textId: 'shell.officeCatalogue' },
  ],
};

const everybody: NavigationPart = {
  titleId: 'shell.you',
  destinations: [
    { to: '/teams', textId: 'shell.teams' },
    { to: '/record', textId: 'shell.record' },
    { to: '/device', textId: 'shell.device' },
    { to: '/why', textId: 'why.title' },
  ],
};

const demo: NavigationPart = { titleId: 'shell.demo', destinations: [{ to: '/mailbox', textId: 'shell.mailbox' }] };

/** Where this account can go. */
export function navigationOf(me: Me, isDemo: boolean): NavigationPart[] {
  return [
    { destinations: [{ to: '/', textId: 'shell.home' }] },
    ...(me.agentOf ? [desk] : []),
    ...(me.staff ? [office] : []),
    everybody,
    ...(isDemo ? [demo] : []),
  ];
}
