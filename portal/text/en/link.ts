export const link = {
  'link.title': 'Link from a mail',
};
