import type { component as english } from '../en/component.ts';

export const component: Partial<typeof english> = {
  'component.loading': 'Wird geladen …',
  'component.retry': 'Noch einmal versuchen',
  'component.readAgain': 'Neue Fassung zeigen',
  'component.close': 'Schließen',
  'component.cancel': 'Abbrechen',
  'component.save': 'Speichern',
  'component.more': 'Mehr anzeigen',
  'component.copy': 'Kopieren',
  'component.copyWhat': '{what} kopieren',
  'component.copied': 'Kopiert',
  'component.undo': 'Rückgängig',
  'component.undone': 'Rückgängig gemacht.',
  'component.dismiss': 'Ausblenden',
  'component.problemReference': 'Kennung: {code}',
};
