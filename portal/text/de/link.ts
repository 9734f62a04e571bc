import type { link as english } from '../en/link.ts';

export const link: typeof english = {
  'link.dead.help': 'Zum Portal',

  'link.print': 'Drucken',
  'link.offer.answer': 'Ihre Antwort',
  'link.offer.answerHint': 'Die Annahme ist verbindlich. Ein Konto ist dafür nicht nötig.',
  'link.offer.name': 'Ihr Name',
  'link.offer.nameHint': 'Er steht in der Bestellung als Person, die angenommen hat.',
  'link.offer.nameMissing': 'Bitte geben Sie Ihren Namen ein.',
  'link.offer.accept': 'Angebot annehmen',
  'link.offer.decline': 'Ablehnen',
  'link.offer.declineQuestion': 'Angebot ablehnen?',
  'link.offer.declineText': '{partner} erfährt davon. Sie können jederzeit um ein anderes Angebot bitten.',
  'link.offer.declineReason': 'Grund (freiwillig)',
  'link.offer.declineConfirm': 'Angebot ablehnen',
  'link.offer.changed.title': 'Das Angebot wurde geändert, seit Sie es gelesen haben',
  'link.offer.changed.text': 'Sie sehen jetzt die neue Fassung. Bitte lesen Sie sie, bevor Sie antworten.',
  'link.offer.accepted.title': 'Sie haben dieses Angebot angenommen',
  'link.offer.accepted.text':
    'Angenommen von {name}, {when}. {partner} gibt jetzt die Bestellung auf und meldet sich, wenn etwas fehlt.',
  'link.offer.accepted.phone': 'Am Telefon angenommen von {name}, {when}.',
  'link.offer.accepted.ordered': 'Die Bestellung {number} ist aufgegeben.',
  'link.offer.accepted.completed': 'Die Bestellung {number} ist erledigt: Alles ist im Team „{team}“.',
  'link.offer.accepted.pending':
    'Die Bestellung {number} wartet auf den Namen Ihres Teams. Bitte nehmen Sie den Link in der Mail dazu.',
  'link.offer.accepted.held': 'Die Bestellung {number} wird geprüft. Sie bekommen eine Mail, wenn sie erledigt ist.',
  'link.offer.accepted.cancelled': 'Die Bestellung {number} wurde storniert.',
  'link.offer.rejected.title': 'Sie haben dieses Angebot abgelehnt',
  'link.offer.rejected.text': 'Sie haben es sich anders überlegt? Bitten Sie {partner} um ein neues Angebot.',
  'link.offer.expired.title': 'Dieses Angebot ist seit dem {date} abgelaufen',
  'link.offer.expired.text': 'Es kann nicht mehr angenommen werden. Bitten Sie {partner} um ein neues.',
  'link.offer.cancelled.title': 'Dieses Angebot wurde zurückgezogen',
  'link.offer.cancelled.text': 'Fragen Sie {partner}, wenn Sie ein anderes erwartet haben.',
  'link.offer.draft.title': 'Dieses Angebot wird gerade geändert',
  'link.offer.draft.text': '{partner} arbeitet daran und schickt Ihnen die neue Fassung.',
  'link.offer.contact': 'Fragen? Schreiben Sie an {name}: {email}',

  'link.complete.title': 'Welches Team bekommt Ihre Bestellung?',
  'link.complete.lead':
    'Die Bestellung {number} bei {partner} ist aufgegeben. Zwei Angaben fehlen: das Team und sein Eigentümer.',
  'link.complete.what': 'Was Sie bestellt haben',
  'link.complete.which': 'Team',
  'link.complete.candidate': '{team}, Eigentümer {owner}',
  'link.complete.new': 'Ein neues Team',
  'link.complete.newHint': 'Wir legen es für Sie an, kostenlos.',
  'link.complete.existing': 'Ein Team, das wir schon haben',
  'link.complete.existingHint': 'Name und Adresse des Eigentümers müssen übereinstimmen.',
  'link.complete.name': 'Name des Teams',
  'link.complete.owner': 'E-Mail-Adresse des Eigentümers',
  'link.complete.ownerHint': 'Der Eigentümer leitet das Team und verteilt die Lizenzen.',
  'link.complete.submit': 'Bestellung vervollständigen',
  'link.complete.nameMissing': 'Bitte geben Sie einen Namen mit höchstens 80 Zeichen ein.',
  'link.complete.emailInvalid': 'Bitte geben Sie eine E-Mail-Adresse ein, zum Beispiel name@buero.example.',
  'link.complete.done.title': 'Danke, das ist alles',
  'link.complete.done.text':
    'Die Bestellung {number} geht an das Team „{team}“. Der Eigentümer {owner} bekommt eine Mail.',
  'link.complete.done.review':
    'Die Bestellung {number} geht an das Team „{team}“, sobald der Hersteller sie geprüft hat. Sie bekommen dann eine Mail.',
  'link.complete.cancelled': 'Die Bestellung {number} wurde storniert.',

  'link.claim.title': 'Team {team} bestätigen',
  'link.claim.lead': 'Sie sollen der Eigentümer sein. Bitte prüfen Sie, ob das stimmt:',
  'link.claim.team': 'Team',
  'link.claim.customer': 'Büro',
  'link.claim.partner': 'Angelegt von',
  'link.claim.owner': 'Eigentümer',
  'link.claim.submit': 'Team bestätigen',
  'link.claim.submitNew': 'Konto anlegen und Team bestätigen',
  'link.claim.notYou': 'Sie kennen dieses Büro nicht? Dann verlassen Sie die Seite: Ohne Ihren Klick geschieht nichts.',

  'link.join.title': 'Gehört {team} zu {customer}?',
  'link.join.lead':
    '{partner} hat für dieses Büro bestellt und Ihr Team genannt. Wenn Sie bestätigen, kommt das Bestellte in Ihr Team.',
  'link.join.submit': 'Ja, es gehört zu diesem Büro',
  'link.join.notYou': 'Es gehört nicht dazu? Dann verlassen Sie die Seite: Ohne Ihren Klick geschieht nichts.',

  'link.invitation.title': 'Dem Team {team} beitreten',
  'link.invitation.lead': '{name} lädt Sie ein.',
  'link.invitation.leadNobody': 'Sie sind eingeladen.',
  'link.invitation.products': 'Eine Lizenz ist für Sie vorgemerkt: {products}.',
  'link.invitation.until': 'Die Einladung gilt bis zum {date}.',
  'link.invitation.submit': 'Dem Team beitreten',
  'link.invitation.submitNew': 'Konto anlegen und dem Team beitreten',

  'link.account.new':
    'Zu {email} gibt es noch kein Konto. Wählen Sie Namen und Passwort; dass das Postfach Ihnen gehört, hat der Link bewiesen.',
  'link.account.unconfirmed':
    'Das Konto zu {email} wurde nie bestätigt. Wählen Sie Namen und Passwort neu: Die früheren gelten dann nicht mehr.',
  'link.account.known': 'Zu {email} gibt es ein Konto. Melden Sie sich an, dann geht es weiter.',
  'link.account.signIn': 'Anmelden',
  'link.account.signedIn': 'Sie sind als {email} angemeldet.',
  'link.account.other': 'Sie sind als {other} angemeldet, aber dieser Link ist für {email}.',
  'link.account.signOut': 'Abmelden und weiter',
  'link.account.name': 'Ihr Name',
  'link.account.password': 'Passwort',
  'link.account.newPassword': 'Neues Passwort',
  'link.account.passwordRule': 'Mindestens {count, plural, one {# Zeichen} other {# Zeichen}}.',
  'link.account.showPassword': 'Passwort anzeigen',
  'link.account.nameMissing': 'Bitte geben Sie Ihren Namen ein.',
  'link.account.passwordMissing': 'Bitte geben Sie Ihr Passwort ein.',
  'link.account.passwordShort': 'Bitte nehmen Sie mindestens {count, plural, one {# Zeichen} other {# Zeichen}}.',
  'link.account.forgot': 'Passwort vergessen?',

  'link.confirm.title': 'Konto bestätigen',
  'link.confirm.lead': 'Hallo {name}, ein Klick beweist, dass {email} Ihr Postfach ist, und meldet Sie an.',
  'link.confirm.submit': 'Bestätigen und anmelden',
  'link.confirm.notYou':
    'Sie haben kein Konto angefordert? Dann verlassen Sie die Seite: Ohne Ihren Klick geschieht nichts.',

  'link.reset.title': 'Neues Passwort wählen',
  'link.reset.lead': 'Für {email}. Alle Sitzungen enden, und Sie sind hier angemeldet.',
  'link.reset.submit': 'Passwort setzen und anmelden',

  'link.dispute.title': 'Waren Sie das nicht?',
  'link.dispute.lead':
    '{agent} hat festgehalten, dass {name} dieses Angebot für {customer} am Telefon angenommen hat, {when}.',
  'link.dispute.text':
    'Wenn das niemand in Ihrem Büro war, sagen Sie es hier: Die Bestellung wird angehalten und geprüft. Wenn es stimmt, ist nichts zu tun.',
  'link.dispute.submit': 'Das hat hier niemand angenommen',
  'link.dispute.question': 'Bestellung anhalten?',
  'link.dispute.consequence': 'Die Bestellung wartet, bis der Hersteller sie mit {partner} und Ihnen geklärt hat.',
  'link.dispute.held.title': 'Danke, die Bestellung ist angehalten',
  'link.dispute.held.text': 'Der Hersteller klärt es mit {partner} und meldet sich bei Ihnen.',
  'link.dispute.late.title': 'Danke, wir wissen Bescheid',
  'link.dispute.late.text':
    'Die Bestellung war schon erledigt. Der Hersteller klärt es mit {partner} und meldet sich bei Ihnen.',
};
