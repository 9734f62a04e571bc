import type { page as english } from '../en/page.ts';

export const page: Partial<typeof english> = {
  'page.notFound.title': 'Hier ist nichts',
  'page.notFound.text': 'Vielleicht ist die Adresse vertippt, oder was hier war, gehört jemand anderem.',
  'page.notFound.action': 'Zur Startseite',
  'page.error.title': 'Diese Seite ließ sich nicht anzeigen',
  'page.error.text':
    'Was Sie anderswo eingegeben haben, ist nicht verloren. Versuchen Sie es noch einmal; bleibt es dabei, sagen Sie uns, was Sie getan haben.',
  'page.error.home': 'Zur Startseite',
  'page.wrongRole.title': 'Nicht für dieses Konto',
  'page.wrongRole.text': 'Sie sind als {email} angemeldet. Diese Seite braucht eine andere Rolle.',
  'page.wrongRole.switch': 'Als jemand anderes anmelden',
  'page.comingSoon.title': 'Noch nichts zu sehen',
  'page.comingSoon.text': 'Diese Seite entsteht noch.',
};
