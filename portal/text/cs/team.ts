import type { team as english } from '../en/team.ts';

export const team: Partial<typeof english> = {
  'team.list.title': 'Týmy',
  'team.tabs': 'Části týmu',
  'team.tab.licences': 'Licence a lidé',
  'team.tab.storage': 'Úložiště',
  'team.tab.record': 'Záznam',
  'team.tab.settings': 'Nastavení',
};
