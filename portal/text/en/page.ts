export const page = {
  'page.notFound.title': 'There is nothing here',
  'page.notFound.text': 'The address may be mistyped, or what it led to belongs to somebody else.',
  'page.notFound.action': 'Go home',
  'page.error.title': 'This page could not be shown',
  'page.error.text': 'Nothing you entered elsewhere is lost. Try again; if it stays like this, tell us what you did.',
  'page.error.home': 'Go home',
  'page.wrongRole.title': 'Not for this account',
  'page.wrongRole.text': 'You are signed in as {email}. This page needs another role.',
  'page.wrongRole.switch': 'Sign in as somebody else',
  'page.comingSoon.title': 'Nothing to see yet',
  'page.comingSoon.text': 'This page is being made.',
};
