export const office = {
  'office.title': 'Back office',
  'office.tab.orders': 'Orders',
  'office.tab.notices': 'Notices',
  'office.tab.requests': 'Customer requests',
  'office.tab.customers': 'Customers',
  'office.tab.catalogue': 'Catalogue',
};
