import type { team as english } from '../en/team.ts';

export const team: Partial<typeof english> = {
  'team.list.title': 'Teams',
  'team.title': 'Team',
  'team.tabs': 'Teile des Teams',
  'team.tab.licences': 'Lizenzen und Personen',
  'team.tab.storage': 'Speicher',
  'team.tab.record': 'Protokoll',
  'team.tab.settings': 'Einstellungen',
};
