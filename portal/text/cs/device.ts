import type { device as english } from '../en/device.ts';

export const device: Partial<typeof english> = {
  'device.title': 'Připojit aplikaci',
  'device.lead': 'Zadejte kód, který aplikace ukazuje.',
  'device.code': 'Kód',
  'device.codeHint': 'Osm písmen, například BCDF-GHJK.',
  'device.find': 'Pokračovat',
  'device.fault.code': 'Zadejte prosím celý kód.',
  'device.ask': 'Smí {application} pracovat za vás?',
  'device.askLead': 'Souhlaste jen tehdy, když jste aplikaci před chvílí sami spustili a ukazuje stejný kód.',
  'device.consent':
    'Uvidí a použije vaše licence, nic jiného, po {days, plural, one {# den} few {# dny} many {# dne} other {# dní}}. V profilu to můžete kdykoli ukončit.',
  'device.application': 'Aplikace',
  'device.place': 'Místo',
  'device.placeHint': 'podle aplikace; neověřeno',
  'device.placeUnknown': 'Neuvedeno',
  'device.address': 'Síťová adresa',
  'device.requested': 'Požádáno',
  'device.expires': 'Končí',
  'device.approve': 'Nechat pracovat jako {name}',
  'device.refuse': 'Odmítnout',
  'device.approved.title': 'Aplikace {application} je připojena',
  'device.approved.text': 'Pracuje teď jako {name}. Tuto stránku můžete zavřít a vrátit se k aplikaci.',
  'device.refused.title': 'Odmítnuto',
  'device.refused.text':
    'Aplikace {application} nebyla vpuštěna. Pokud jste ji sami nespustili, možná se někdo pokusil použít váš účet.',
  'device.another': 'Zadat jiný kód',
};
