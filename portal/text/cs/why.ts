import type { RemedyCode, WhyCheckName } from '../../../domain/why-code.ts';
import type { why as english, FindingKey } from '../en/why.ts';

export const why: Record<keyof typeof english, string> = {
  'why.title': 'Proč nemohu pracovat?',
  'why.titleOf': 'Proč {name} nemůže pracovat?',
  'why.lead': 'Na čem to závisí a co teď udělat.',
  'why.product': 'Produkt',
  'why.team': 'Tým',
  'why.menu': 'Proč {name} nemůže pracovat?',
  'why.locked': 'Zůstává zamčená? Podívejte se proč',
  'why.remedy': 'Co udělat',
  'why.yes': '{self, select, yes {Můžete pracovat} other {{name} může pracovat}}',
  'why.yesHow':
    '{self, select, yes {Všechno je v pořádku: {product} můžete v týmu {team} používat. Pokud aplikace přesto říká ne, spusťte ji znovu.} other {Pro {product} v týmu {team} je všechno v pořádku.}}',
  'why.checks': 'Co jsme prověřili',
  'why.checksHint': 'Prověřeno {at}. Stránka sleduje změny sama.',
  'why.state.ok': 'V pořádku',
  'why.state.problem': 'Tady to vázne',
  'why.state.unknown': 'Není známo',
  'why.owner': 'vlastník týmu',
  'why.vendor': 'výrobce',
  'why.openTeam': 'Otevřít tým',
  'why.again': 'Prověřit znovu',
};

export const whyCheck: Record<WhyCheckName, string> = {
  account: 'Účet',
  invitation: 'Pozvání',
  membership: 'Členství v týmu',
  licence: 'Licence v tomto týmu',
  otherTeam: 'Licence v jiném týmu',
  term: 'Období',
  order: 'Objednávka',
  lease: 'Práce bez sítě',
  clock: 'Hodiny počítače',
  contact: 'Poslední spojení',
};

export const whyFinding: Record<FindingKey, string> = {
  'account.confirmed': 'Účet je potvrzen.',
  'account.notConfirmed': 'E-mailová adresa zatím není potvrzena.',
  'account.missing': 'K této e-mailové adrese zatím není účet.',
  'account.notAsked': 'Zda existuje, se tu neukazuje.',
  'invitation.none': 'Žádné pozvání není.',
  'invitation.accepted': 'Pozvání bylo přijato.',
  'invitation.open': '{hasDay, select, yes {Pozvání čeká na přijetí, do {until}.} other {Pozvání čeká na přijetí.}}',
  'invitation.claim': 'Tým čeká, až ho jeho vlastník potvrdí.',
  'invitation.ended': 'Pozvání už neplatí.',
  'membership.member': 'V týmu.',
  'membership.notYet': 'Přijde s pozváním.',
  'membership.removed': 'Už ne v týmu, od {at}.',
  'membership.notMember': 'Mimo tento tým.',
  'licence.held': 'Licence {product} je přidělena.',
  'licence.reserved': 'Licence {product} je rezervovaná, dokud pozvání nebude přijato.',
  'licence.stopped': 'Licence {product} je přidělena, ale její období skončilo.',
  'licence.none': 'Bez licence {product}. V týmu jsou volné.',
  'licence.noneFree': 'Bez licence {product}. Všechny licence týmu jsou přidělené.',
  'licence.noSubscription': 'Tým nemá licence {product}.',
  'licence.productUnknown': 'Takový produkt není.',
  'licence.notAsked': 'Přijde po krocích výše.',
  'otherTeam.none': 'Žádný jiný tým by nepomohl.',
  'otherTeam.found': 'Licence {product} je v týmu {team}.',
  'otherTeam.notAsked': 'Jiné týmy se tu neukazují.',
  'term.active': 'Trvá do {day}.',
  'term.grace': 'Skončilo {day}, funguje ještě do {until}.',
  'term.suspended': 'Skončilo {day}. Po prodloužení bude zase fungovat.',
  'term.ended': 'Skončilo {day}, natrvalo.',
  'term.notAsked': 'Zatím není co prověřit.',
  'order.none': 'Žádná objednávka není na cestě.',
  'order.inProgress': '{hasNumber, select, yes {Objednávka {number} se zpracovává.} other {Objednávka se zpracovává.}}',
  'order.pending':
    '{hasNumber, select, yes {Objednávka {number} čeká, až bude znám její tým.} other {Objednávka čeká, až bude znám její tým.}}',
  'order.review':
    '{hasNumber, select, yes {Objednávka {number} je pozastavena, prověřuje ji {vendor}.} other {Objednávka je pozastavena, prověřuje ji {vendor}.}}',
  'order.disputed':
    '{hasNumber, select, yes {Objednávka {number} je pozastavena: prý ji nikdo nepřijal.} other {Objednávka je pozastavena: prý ji nikdo nepřijal.}}',
  'order.notAsked': 'Přijde po krocích výše.',
  'lease.live': 'Bez sítě funguje do {at}.',
  'lease.runsOut': 'Licence už není, ale bez sítě může aplikace běžet do {at}.',
  'lease.none': 'Aplikace potřebuje síť.',
  'clock.right': 'Hodiny jdou správně.',
  'clock.off':
    '{isAhead, select, yes {Hodiny jdou napřed o {minutes, plural, one {# minutu} few {# minuty} other {# minut}}.} other {Hodiny jdou pozadu o {minutes, plural, one {# minutu} few {# minuty} other {# minut}}.}}',
  'clock.notAsked': 'Neprověřeno.',
  'contact.pickedUp':
    '{hasPlace, select, yes {Aplikace na {place} licenci má; naposledy se ozvala {at}.} other {Aplikace licenci má; naposledy se ozvala {at}.}}',
  'contact.notPickedUp':
    '{hasPlace, select, yes {Aplikace na {place} licenci zatím nepřevzala; naposledy se ozvala {at}.} other {Aplikace licenci zatím nepřevzala; naposledy se ozvala {at}.}}',
  'contact.silent':
    '{hasPlace, select, yes {Aplikace na {place} se naposledy ozvala {at}.} other {Aplikace se naposledy ozvala {at}.}}',
  'contact.seen':
    '{hasPlace, select, yes {Aplikace na {place} se naposledy ozvala {at}.} other {Aplikace se naposledy ozvala {at}.}}',
  'contact.never': 'Žádná aplikace se zatím neptala.',
};

export const whyRemedy: Record<RemedyCode, string> = {
  makeAccount: '{by, select, you {Založte si účet} other {{name} si musí založit účet}}',
  confirmAccount: '{by, select, you {Potvrďte svou e-mailovou adresu} other {{name} musí potvrdit e-mailovou adresu}}',
  acceptInvitation: '{by, select, you {Přijměte pozvání do týmu {team}} other {{name} musí přijmout pozvání}}',
  confirmTeam: '{by, select, you {Potvrďte tým {team}} other {{name} musí potvrdit tým}}',
  inviteAgain:
    '{by, select, you {Pozvěte znovu: {name}} other {{self, select, yes {Řekněte si o nové pozvání: {owner}} other {Nové pozvání pro {name} může poslat {owner}}}}}',
  invite:
    '{by, select, you {Pozvěte: {name}} other {{self, select, yes {Řekněte si o pozvání: {owner}} other {Pozvání pro {name} může poslat {owner}}}}}',
  chooseTeam: 'V aplikaci zvolte tým {other}',
  completeOrder: '{by, select, you {Určete, pro který tým je objednávka} other {Objednávku musí doplnit {owner}}}',
  waitForVendor: 'Počkejte: objednávku prověřuje {vendor}',
  clarifyOrder:
    '{by, select, partner {Vyjasněte objednávku: {partner}} vendor {Vyjasněte objednávku: {vendor}} other {Objednávku musí vyjasnit {owner}}}',
  waitForOrder: 'Chvilku strpení: licence jsou na cestě',
  renew:
    '{by, select, partner {Prodlužte licence: {partner}} vendor {Prodlužte licence: {vendor}} other {Licence musí prodloužit {owner}}}',
  giveLicence:
    '{by, select, you {{self, select, yes {Přidělte si licenci} other {Přidělte licenci: {name}}}} other {{self, select, yes {Řekněte si o licenci: {owner}} other {Licenci pro {name} může přidělit {owner}}}}}',
  freeLicence:
    '{by, select, you {{self, select, yes {Uvolněte licenci pro sebe} other {Uvolněte licenci pro {name}}}} other {{self, select, yes {Řekněte si o licenci: {owner}} other {Licenci pro {name} může uvolnit {owner}}}}}',
  orderLicences:
    '{by, select, partner {Objednejte licence: {partner}} vendor {Objednejte licence: {vendor}} other {Licence musí objednat {owner}}}',
  askVendor: 'Obraťte se na firmu {vendor}',
  setClock: '{by, select, you {Nastavte hodiny svého počítače} other {{name} musí nastavit hodiny počítače}}',
  startApplication:
    '{by, select, you {Spusťte aplikaci a přihlaste se} other {{name} musí spustit aplikaci a přihlásit se}}',
  connect: '{by, select, you {Spusťte aplikaci znovu, se sítí} other {{name} musí spustit aplikaci znovu, se sítí}}',
};

export const whyHow: Record<RemedyCode, string> = {
  makeAccount: 'S e-mailovou adresou {email}.',
  confirmAccount: 'Odkaz je v e-mailu, který po registraci přišel na {email}.',
  acceptInvitation:
    '{by, select, you {Odkaz je v e-mailu na {email}. Nepřišel? Kdo vás pozval, může ho poslat znovu.} other {Odkaz je v e-mailu na {email}. V týmu ho můžete poslat znovu.}}',
  confirmTeam: 'Odkaz je v e-mailu na {email}. Do té doby nelze nikoho pozvat ani přidělit licenci.',
  inviteAgain: 'Pozvání nebylo přijato včas, nebo bylo staženo. S novým přijde nový e-mail.',
  invite: 'Licence platí jen ve svém týmu a jen pro lidi v něm.',
  chooseTeam: 'Tam máte licenci {product}.',
  completeOrder: 'Objednávce chybí název týmu a e-mailová adresa jeho vlastníka. Odkaz je v e-mailu o objednávce.',
  waitForVendor: 'Licence přijdou samy, jakmile bude uvolněna.',
  clarifyOrder: 'V kanceláři ji prý nikdo nepřijal.',
  waitForOrder: 'Objednávka se zpracovává. Stránka ukáže, až tu licence budou.',
  renew: 'Jejich období skončilo. Kdo licenci měl, bude ji mít po prodloužení zase.',
  giveLicence:
    '{by, select, you {Jedna je volná: zaškrtnutí v seznamu lidí ji přidělí ihned.} other {Jedna je volná. Jakmile bude přidělena, aplikace se sama odemkne.}}',
  freeLicence: 'Všechny licence {product} v týmu jsou přidělené: jednu je třeba přesunout, nebo další objednat.',
  orderLicences: 'Tým {team} zatím nemá licence {product}.',
  askVendor: 'Tento produkt tu není znám.',
  setClock: 'Liší se od správného času tolik, že licence nelze ověřit.',
  startApplication:
    '{by, select, you {Přihlaste se jako {email}: sama se odemkne.} other {S účtem {email} se sama odemkne.}}',
  connect: 'Licenci převezme sama, jakmile dosáhne na server.',
};
