import type { RemedyCode, WhyCheckName } from '../../../domain/why-code.ts';
import type { why as english, FindingKey } from '../en/why.ts';

export const why: Record<keyof typeof english, string> = {
  'why.title': 'Warum kann ich nicht arbeiten?',
  'why.titleOf': 'Warum kann {name} nicht arbeiten?',
  'why.lead': 'Wovon es abhängt, und was jetzt zu tun ist.',
  'why.product': 'Produkt',
  'why.team': 'Team',
  'why.menu': 'Warum kann {name} nicht arbeiten?',
  'why.locked': 'Sie bleibt gesperrt? Nachsehen, warum',
  'why.remedy': 'Was zu tun ist',
  'why.yes': '{self, select, yes {Sie können arbeiten} other {{name} kann arbeiten}}',
  'why.yesHow':
    '{self, select, yes {Alles ist in Ordnung: Sie können {product} im Team {team} benutzen. Sagt die Anwendung trotzdem nein, starten Sie sie neu.} other {Für {product} im Team {team} ist alles in Ordnung.}}',
  'why.checks': 'Was wir geprüft haben',
  'why.checksHint': 'Geprüft {at}. Diese Seite folgt Änderungen von selbst.',
  'why.state.ok': 'In Ordnung',
  'why.state.problem': 'Hier hakt es',
  'why.state.unknown': 'Nicht bekannt',
  'why.owner': 'den Inhaber des Teams',
  'why.vendor': 'den Hersteller',
  'why.openTeam': 'Team öffnen',
  'why.again': 'Noch einmal prüfen',
};

export const whyCheck: Record<WhyCheckName, string> = {
  account: 'Konto',
  invitation: 'Einladung',
  membership: 'Mitglied im Team',
  licence: 'Lizenz in diesem Team',
  otherTeam: 'Lizenz in einem anderen Team',
  term: 'Laufzeit',
  order: 'Bestellung',
  lease: 'Arbeiten ohne Netz',
  clock: 'Uhr des Computers',
  contact: 'Letzter Kontakt',
};

export const whyFinding: Record<FindingKey, string> = {
  'account.confirmed': 'Das Konto ist bestätigt.',
  'account.notConfirmed': 'Die E-Mail-Adresse ist noch nicht bestätigt.',
  'account.missing': 'Zu dieser E-Mail-Adresse gibt es noch kein Konto.',
  'account.notAsked': 'Ob es eines gibt, wird hier nicht gezeigt.',
  'invitation.none': 'Es gibt keine Einladung.',
  'invitation.accepted': 'Die Einladung wurde angenommen.',
  'invitation.open':
    '{hasDay, select, yes {Die Einladung kann bis {until} angenommen werden.} other {Die Einladung wartet darauf, angenommen zu werden.}}',
  'invitation.claim': 'Das Team wartet darauf, dass sein Inhaber es bestätigt.',
  'invitation.ended': 'Die Einladung gilt nicht mehr.',
  'membership.member': 'Im Team.',
  'membership.notYet': 'Folgt mit der Einladung.',
  'membership.removed': 'Nicht mehr im Team, seit {at}.',
  'membership.notMember': 'Nicht in diesem Team.',
  'licence.held': 'Eine Lizenz für {product} ist da.',
  'licence.reserved': 'Eine Lizenz für {product} ist reserviert, bis die Einladung angenommen ist.',
  'licence.stopped': 'Eine Lizenz für {product} ist da, aber ihre Laufzeit ist vorbei.',
  'licence.none': 'Keine Lizenz für {product}. Im Team sind welche frei.',
  'licence.noneFree': 'Keine Lizenz für {product}. Alle, die das Team hat, sind vergeben.',
  'licence.noSubscription': 'Das Team hat keine Lizenzen für {product}.',
  'licence.productUnknown': 'Dieses Produkt gibt es nicht.',
  'licence.notAsked': 'Kommt nach den Schritten darüber.',
  'otherTeam.none': 'Kein anderes Team würde helfen.',
  'otherTeam.found': 'Im Team {team} gibt es eine Lizenz für {product}.',
  'otherTeam.notAsked': 'Andere Teams werden hier nicht gezeigt.',
  'term.active': 'Läuft bis {day}.',
  'term.grace': 'Endete am {day}; es geht noch bis {until}.',
  'term.suspended': 'Endete am {day}. Mit einer Verlängerung geht es weiter.',
  'term.ended': 'Endete am {day}, endgültig.',
  'term.notAsked': 'Noch nichts zu prüfen.',
  'order.none': 'Keine Bestellung ist unterwegs.',
  'order.inProgress':
    '{hasNumber, select, yes {Die Bestellung {number} wird bearbeitet.} other {Eine Bestellung wird bearbeitet.}}',
  'order.pending':
    '{hasNumber, select, yes {Der Bestellung {number} fehlt noch das Team.} other {Einer Bestellung fehlt noch das Team.}}',
  'order.review':
    '{hasNumber, select, yes {Die Bestellung {number} ist angehalten: {vendor} sieht sie sich an.} other {Eine Bestellung ist angehalten: {vendor} sieht sie sich an.}}',
  'order.disputed':
    '{hasNumber, select, yes {Die Bestellung {number} ist angehalten: Es hieß, niemand habe sie angenommen.} other {Eine Bestellung ist angehalten: Es hieß, niemand habe sie angenommen.}}',
  'order.notAsked': 'Kommt nach den Schritten darüber.',
  'lease.live': 'Geht ohne Netz bis {at}.',
  'lease.runsOut': 'Die Lizenz ist weg; ohne Netz kann eine Anwendung noch bis {at} weiterlaufen.',
  'lease.none': 'Die Anwendung braucht das Netz.',
  'clock.right': 'Die Uhr geht richtig.',
  'clock.off':
    '{isAhead, select, yes {Die Uhr geht {minutes, plural, one {# Minute} other {# Minuten}} vor.} other {Die Uhr geht {minutes, plural, one {# Minute} other {# Minuten}} nach.}}',
  'clock.notAsked': 'Wurde nicht geprüft.',
  'contact.pickedUp':
    '{hasPlace, select, yes {Die Anwendung auf {place} hat die Lizenz; zuletzt gehört {at}.} other {Die Anwendung hat die Lizenz; zuletzt gehört {at}.}}',
  'contact.notPickedUp':
    '{hasPlace, select, yes {Bei der Anwendung auf {place} ist die Lizenz noch nicht angekommen; zuletzt gehört {at}.} other {Bei der Anwendung ist die Lizenz noch nicht angekommen; zuletzt gehört {at}.}}',
  'contact.silent':
    '{hasPlace, select, yes {Von der Anwendung auf {place} zuletzt gehört {at}.} other {Von der Anwendung zuletzt gehört {at}.}}',
  'contact.seen':
    '{hasPlace, select, yes {Von der Anwendung auf {place} zuletzt gehört {at}.} other {Von der Anwendung zuletzt gehört {at}.}}',
  'contact.never': 'Noch keine Anwendung hat angefragt.',
};

export const whyRemedy: Record<RemedyCode, string> = {
  makeAccount: '{by, select, you {Legen Sie ein Konto an} other {{name} muss ein Konto anlegen}}',
  confirmAccount:
    '{by, select, you {Bestätigen Sie Ihre E-Mail-Adresse} other {{name} muss die E-Mail-Adresse bestätigen}}',
  acceptInvitation:
    '{by, select, you {Nehmen Sie die Einladung zu {team} an} other {{name} muss die Einladung annehmen}}',
  confirmTeam: '{by, select, you {Bestätigen Sie das Team {team}} other {{name} muss das Team bestätigen}}',
  inviteAgain:
    '{by, select, you {Laden Sie {name} noch einmal ein} other {{self, select, yes {Bitten Sie {owner}, Sie noch einmal einzuladen} other {Bitten Sie {owner}, {name} noch einmal einzuladen}}}}',
  invite:
    '{by, select, you {Laden Sie {name} ein} other {{self, select, yes {Bitten Sie {owner}, Sie einzuladen} other {Bitten Sie {owner}, {name} einzuladen}}}}',
  chooseTeam: 'Wählen Sie in der Anwendung das Team {other}',
  completeOrder:
    '{by, select, you {Sagen Sie, für welches Team die Bestellung ist} other {Bitten Sie {owner}, die Bestellung zu vervollständigen}}',
  waitForVendor: 'Warten Sie auf {vendor}: Eine Bestellung wird geprüft',
  clarifyOrder:
    '{by, select, partner {Klären Sie die Bestellung mit {partner}} vendor {Klären Sie die Bestellung mit {vendor}} other {Bitten Sie {owner}, die Bestellung zu klären}}',
  waitForOrder: 'Einen Moment: Die Lizenzen sind unterwegs',
  renew:
    '{by, select, partner {Verlängern Sie die Lizenzen bei {partner}} vendor {Verlängern Sie die Lizenzen bei {vendor}} other {Bitten Sie {owner}, die Lizenzen zu verlängern}}',
  giveLicence:
    '{by, select, you {{self, select, yes {Geben Sie sich eine Lizenz} other {Geben Sie {name} eine Lizenz}}} other {{self, select, yes {Bitten Sie {owner} um eine Lizenz} other {Bitten Sie {owner} um eine Lizenz für {name}}}}}',
  freeLicence:
    '{by, select, you {{self, select, yes {Machen Sie eine Lizenz für sich frei} other {Machen Sie eine Lizenz für {name} frei}}} other {{self, select, yes {Bitten Sie {owner} um eine Lizenz} other {Bitten Sie {owner} um eine Lizenz für {name}}}}}',
  orderLicences:
    '{by, select, partner {Bestellen Sie Lizenzen bei {partner}} vendor {Bestellen Sie Lizenzen bei {vendor}} other {Bitten Sie {owner}, Lizenzen zu bestellen}}',
  askVendor: 'Fragen Sie {vendor}',
  setClock: '{by, select, you {Stellen Sie die Uhr Ihres Computers} other {{name} muss die Uhr des Computers stellen}}',
  startApplication:
    '{by, select, you {Starten Sie die Anwendung und melden Sie sich an} other {{name} muss die Anwendung starten und sich anmelden}}',
  connect:
    '{by, select, you {Starten Sie die Anwendung neu, mit Netz} other {{name} muss die Anwendung neu starten, mit Netz}}',
};

export const whyHow: Record<RemedyCode, string> = {
  makeAccount: 'Mit der E-Mail-Adresse {email}.',
  confirmAccount: 'Der Link steht in der E-Mail, die nach der Registrierung an {email} kam.',
  acceptInvitation:
    '{by, select, you {Der Link steht in der E-Mail an {email}. Keine E-Mail da? Wer Sie eingeladen hat, kann sie noch einmal senden.} other {Der Link steht in der E-Mail an {email}. Im Team können Sie sie noch einmal senden.}}',
  confirmTeam:
    'Der Link steht in der E-Mail an {email}. Bis dahin kann niemand eingeladen und keine Lizenz vergeben werden.',
  inviteAgain:
    'Die Einladung wurde nicht rechtzeitig angenommen oder zurückgezogen. Mit einer neuen kommt eine neue E-Mail.',
  invite: 'Eine Lizenz gilt nur in ihrem Team, und nur für Personen darin.',
  chooseTeam: 'Dort haben Sie eine Lizenz für {product}.',
  completeOrder:
    'Der Bestellung fehlen der Name des Teams und die E-Mail-Adresse seines Inhabers. Der Link steht in der E-Mail zur Bestellung.',
  waitForVendor: 'Die Lizenzen kommen von selbst, sobald sie freigegeben ist.',
  clarifyOrder: 'Es hieß, im Büro habe sie niemand angenommen.',
  waitForOrder: 'Die Bestellung wird bearbeitet. Diese Seite zeigt es, sobald sie da sind.',
  renew: 'Ihre Laufzeit ist vorbei. Wer eine hatte, hat sie mit der Verlängerung wieder.',
  giveLicence:
    '{by, select, you {Eine ist frei: Ein Häkchen in der Liste der Personen vergibt sie, sofort.} other {Eine ist frei. Sobald sie vergeben ist, schaltet sich die Anwendung von selbst frei.}}',
  freeLicence:
    'Alle Lizenzen des Teams für {product} sind vergeben: Eine muss von jemand anderem herüber, oder es werden mehr bestellt.',
  orderLicences: 'Das Team {team} hat noch keine Lizenzen für {product}.',
  askVendor: 'Dieses Produkt ist hier nicht bekannt.',
  setClock: 'Sie weicht so weit ab, dass sich Lizenzen nicht prüfen lassen.',
  startApplication:
    '{by, select, you {Melden Sie sich als {email} an: Die Anwendung schaltet sich von selbst frei.} other {Mit dem Konto {email} schaltet sie sich von selbst frei.}}',
  connect: 'Die Lizenz kommt von selbst an, sobald sie den Server erreicht.',
};
