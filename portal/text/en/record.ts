export const record = {
  'record.title': 'Record',
};
