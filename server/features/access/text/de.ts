import type { ReasonCatalogue } from './reason-catalogue.ts';

const notAsked = 'Die Anwendung hat auf eine Weise gefragt, die nicht verstanden wird. Sagen Sie es ihrem Anbieter.';

export const de: ReasonCatalogue = {
  grace:
    'Die Laufzeit Ihrer Lizenz ist vorbei; sie funktioniert noch kurze Zeit. Bitten Sie den Besitzer Ihres Teams, sie zu verlängern.',
  accountUnknown: 'Zu dieser Adresse gibt es noch kein Konto. Legen Sie eines mit der Adresse an, die Ihr Team kennt.',
  accountNotConfirmed:
    'Ihre E-Mail-Adresse ist nicht bestätigt. Öffnen Sie den Link in der E-Mail, oder fordern Sie eine neue an.',
  productUnknown: 'Diese Anwendung ist für das Produkt nicht eingerichtet. Sagen Sie es ihrem Anbieter.',
  teamNotFound: 'Dieses Team gibt es nicht. Wählen Sie ein anderes.',
  notMember: 'Sie sind nicht in diesem Team. Bitten Sie seinen Besitzer um eine Einladung.',
  removed: 'Sie sind nicht mehr in diesem Team. Fragen Sie seinen Besitzer, falls das ein Versehen ist.',
  reserved: 'Eine Lizenz wartet auf Sie. Nehmen Sie die Einladung in das Team an, dann gehört sie Ihnen.',
  invited: 'Nehmen Sie zuerst die Einladung in das Team an, dann bitten Sie seinen Besitzer um eine Lizenz.',
  suspended: 'Die Laufzeit der Lizenz ist vorbei. Bitten Sie den Besitzer Ihres Teams, sie zu verlängern.',
  ended: 'Die Lizenzen dieses Teams sind ausgelaufen. Bitten Sie seinen Besitzer um neue.',
  noSubscription: 'Dieses Team hat keine Lizenzen des Produkts. Fragen Sie seinen Besitzer.',
  noLicence: 'Sie haben in diesem Team keine Lizenz. Bitten Sie seinen Besitzer um eine.',
  subjectTypeUnknown: notAsked,
  actionUnknown: notAsked,
  resourceTypeUnknown: notAsked,
  teamMissing: 'Es ist kein Team gewählt. Wählen Sie das, in dem Sie arbeiten.',
  requestInvalid: notAsked,
  revisionNotReached:
    'Die letzte Änderung in Ihrem Team ist noch nicht angekommen. Versuchen Sie es gleich noch einmal.',
  unavailable: 'Lizenzen können gerade nicht geprüft werden. Versuchen Sie es in einer Minute noch einmal.',
};
