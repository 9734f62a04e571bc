import type { component as english } from '../en/component.ts';

export const component: Partial<typeof english> = {
  'component.loading': 'Načítá se …',
  'component.retry': 'Zkusit znovu',
  'component.readAgain': 'Zobrazit novou verzi',
  'component.close': 'Zavřít',
  'component.cancel': 'Zrušit',
  'component.save': 'Uložit',
  'component.more': 'Zobrazit další',
  'component.copy': 'Kopírovat',
  'component.copyWhat': 'Kopírovat: {what}',
  'component.copied': 'Zkopírováno',
  'component.undo': 'Vrátit zpět',
  'component.undone': 'Vráceno zpět.',
  'component.dismiss': 'Skrýt',
  'component.problemReference': 'Označení: {code}',
};
