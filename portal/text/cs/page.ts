import type { page as english } from '../en/page.ts';

export const page: Partial<typeof english> = {
  'page.notFound.title': 'Tady nic není',
  'page.notFound.text': 'Adresa může být špatně napsaná, nebo to, kam vedla, patří někomu jinému.',
  'page.notFound.action': 'Na úvodní stránku',
  'page.error.title': 'Tuto stránku se nepodařilo zobrazit',
  'page.error.text':
    'Nic z toho, co jste zadali jinde, se neztratilo. Zkuste to znovu; pokud potíže trvají, řekněte nám, co jste dělali.',
  'page.error.home': 'Na úvodní stránku',
  'page.wrongRole.title': 'Ne pro tento účet',
  'page.wrongRole.text': 'Jste přihlášeni jako {email}. Tato stránka vyžaduje jinou roli.',
  'page.wrongRole.switch': 'Přihlásit se jako někdo jiný',
  'page.comingSoon.title': 'Zatím tu nic není',
  'page.comingSoon.text': 'Tato stránka se připravuje.',
};
