export const team = {
  'team.list.title': 'Teams',
  'team.title': 'Team',
  'team.tabs': 'Parts of the team',
  'team.tab.licences': 'Licences and people',
  'team.tab.storage': 'Storage',
  'team.tab.record': 'Record',
  'team.tab.settings': 'Settings',
};
