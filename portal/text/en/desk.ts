export const desk = {
  'desk.title': 'Partner’s desk',
  'desk.orders.title': 'Offers and orders',
};
