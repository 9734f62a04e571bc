import type { ReasonCatalogue } from './reason-catalogue.ts';

const notAsked = 'Aplikace se zeptala způsobem, kterému server nerozumí. Sdělte to jejímu dodavateli.';

export const cs: ReasonCatalogue = {
  grace: 'Platnost vaší licence skončila; ještě chvíli bude fungovat. Požádejte vlastníka týmu o její prodloužení.',
  accountUnknown: 'K této adrese zatím není účet. Založte si jej s adresou, kterou váš tým zná.',
  accountNotConfirmed: 'Vaše e-mailová adresa není potvrzena. Otevřete odkaz v e-mailu, nebo si vyžádejte nový.',
  productUnknown: 'Tato aplikace není pro daný produkt nastavena. Sdělte to jejímu dodavateli.',
  teamNotFound: 'Takový tým neexistuje. Zvolte jiný.',
  notMember: 'Nejste členem tohoto týmu. Požádejte jeho vlastníka o pozvání.',
  removed: 'Už nejste členem tohoto týmu. Je-li to omyl, zeptejte se jeho vlastníka.',
  reserved: 'Čeká na vás licence. Přijměte pozvání do týmu a bude vaše.',
  invited: 'Nejprve přijměte pozvání do týmu, potom požádejte jeho vlastníka o licenci.',
  suspended: 'Platnost licence skončila. Požádejte vlastníka týmu o její prodloužení.',
  ended: 'Licence tohoto týmu vypršely. Požádejte jeho vlastníka o nové.',
  noSubscription: 'Tento tým nemá licence daného produktu. Zeptejte se jeho vlastníka.',
  noLicence: 'V tomto týmu nemáte licenci. Požádejte o ni jeho vlastníka.',
  subjectTypeUnknown: notAsked,
  actionUnknown: notAsked,
  resourceTypeUnknown: notAsked,
  teamMissing: 'Není zvolen žádný tým. Zvolte ten, ve kterém pracujete.',
  requestInvalid: notAsked,
  revisionNotReached: 'Poslední změna ve vašem týmu ještě nedorazila. Zkuste to za okamžik znovu.',
  unavailable: 'Licence teď nelze ověřit. Zkuste to za minutu znovu.',
};
