import type { MailLanguage } from '../mail-text.ts';
import type { NoticeLine } from '../notice.kinds.ts';

const month = { one: 'Monat', other: 'Monate' };
const day = { one: 'Tag', other: 'Tage' };
const dayDative = { one: 'Tag', other: 'Tagen' };

const named = ({ quantity, productName }: NoticeLine): string => `${quantity} × ${productName}`;
const allOf = (lines: readonly NoticeLine[]): string => lines.map(named).join('\n');

export const de: MailLanguage = {
  addressLead: 'Falls die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse:',
  closing: (vendorName) =>
    `Namesake hat diese E-Mail im Auftrag von ${vendorName} automatisch verschickt. Antworten darauf liest niemand.`,
  notices: {
    accountConfirmation: ({ linkEndsAt }, format, vendorName) => ({
      subject: 'Bestätigen Sie Ihre E-Mail-Adresse',
      heading: 'Nur noch ein Schritt, dann ist Ihr Konto bereit',
      paragraphs: [
        `Bitte bestätigen Sie, dass diese E-Mail-Adresse Ihnen gehört. Danach können Sie sich bei ${vendorName} anmelden.`,
      ],
      button: 'Adresse bestätigen',
      notes: [
        `Der Link gilt bis ${format.moment(linkEndsAt)}.`,
        'Sie haben gar kein Konto angefordert? Dann brauchen Sie nichts zu tun: Ohne den Link kann niemand Ihre Adresse verwenden.',
      ],
    }),

    accountExists: ({ name }) => ({
      subject: 'Sie haben bereits ein Konto',
      heading: `Willkommen zurück, ${name}`,
      paragraphs: [
        'Jemand, vermutlich Sie selbst, hat gerade ein Konto mit dieser Adresse angefordert. Es gibt schon eines: Melden Sie sich einfach damit an.',
        'Falls Sie das Passwort vergessen haben, hilft Ihnen die Anmeldeseite zu einem neuen.',
      ],
      button: 'Anmelden',
      notes: ['Sie waren das nicht? Es hat sich nichts geändert, und Sie brauchen nichts zu tun.'],
    }),

    passwordReset: ({ linkEndsAt }, format) => ({
      subject: 'Wählen Sie ein neues Passwort',
      heading: 'Wählen Sie ein neues Passwort',
      paragraphs: ['Mit dem neuen Passwort sind Sie sofort angemeldet und überall sonst abgemeldet.'],
      button: 'Passwort wählen',
      notes: [
        `Der Link gilt einmal, bis ${format.moment(linkEndsAt)}.`,
        'Sie haben das nicht angefordert? Dann brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.',
      ],
    }),

    passwordChanged: ({ changedAt }, format) => ({
      subject: 'Ihr Passwort wurde geändert',
      heading: 'Ihr Passwort wurde geändert',
      paragraphs: [
        `Seit ${format.moment(changedAt)} hat Ihr Konto ein neues Passwort. Alle anderen Browser und alle Anwendungen wurden abgemeldet.`,
        'Sie waren das? Dann brauchen Sie nichts zu tun. Sie waren das nicht? Dann wählen Sie jetzt ein anderes Passwort: Das meldet ab, wer immer es war.',
      ],
      button: 'Anderes Passwort wählen',
      notes: [],
    }),

    offerSent: (offer, format) => ({
      subject: `Angebot ${offer.offerNumber} von ${offer.partnerName}`,
      heading: `Ihr Angebot von ${offer.partnerName}`,
      paragraphs: [
        `Dieses Angebot für ${offer.customerName} hat ${offer.agentName ?? offer.partnerName} für Sie erstellt. Sie können es ohne Konto vollständig lesen, annehmen oder ablehnen.`,
      ],
      facts: [
        ...offer.lines.map((line) => [named(line), format.count(line.termMonths, month)] as const),
        ['Enthaltener Speicherplatz', format.bytes(offer.storageBytes)],
        ['Gesamtbetrag', format.money(offer.total)],
        ['Gültig bis', format.date(offer.validUntil)],
      ],
      quote: offer.message,
      button: 'Angebot lesen',
      notes: [
        'Wer diesen Link hat, kann das Angebot annehmen. Bitte geben Sie ihn nur an Personen weiter, die das entscheiden dürfen.',
      ],
    }),

    offerAcceptedByPhone: (offer, format) => ({
      subject: `Angebot ${offer.offerNumber} wurde telefonisch angenommen`,
      heading: 'Ihr Angebot wurde telefonisch angenommen',
      paragraphs: [
        `${offer.agentName ?? offer.partnerName} hat vermerkt, dass ${offer.acceptedBy} das Angebot für ${offer.customerName} angenommen hat. Wenn das stimmt, brauchen Sie nichts zu tun.`,
      ],
      facts: [
        ['Angenommen von', offer.acceptedBy],
        ['Angenommen am', format.moment(offer.acceptedAt)],
        ['Angebot', allOf(offer.lines)],
        ['Gesamtbetrag', format.money(offer.total)],
      ],
      button: 'Das waren wir nicht',
      notes: [
        `Die Schaltfläche führt zu einer Seite, auf der Sie das mitteilen können. Die Bestellung ruht dann, bis ${offer.partnerName} die Sache mit Ihnen geklärt hat.`,
        `Der Link gilt bis ${format.moment(offer.linkEndsAt)}.`,
      ],
    }),

    orderToComplete: (order, format) => ({
      subject: `Bestellung ${order.orderNumber}: für welches Team?`,
      heading: 'Für welches Team ist Ihre Bestellung?',
      paragraphs: [
        `Vielen Dank für Ihre Bestellung bei ${order.partnerName}. Zwei Angaben fehlen noch: der Name des Teams und die E-Mail-Adresse der Person, der es gehört. Sie brauchen dafür kein Konto.`,
      ],
      facts: [['Bestellt', allOf(order.lines)]],
      button: 'Team angeben',
      notes: [`Der Link gilt einmal, bis ${format.moment(order.linkEndsAt)}.`],
    }),

    orderCompleted: (order, format) => ({
      subject: {
        owner: `Die Bestellung ist in Ihrem Team ${order.teamName}`,
        contact: `Ihre Bestellung ${order.orderNumber} ist ausgeführt`,
        agent: `Bestellung ${order.orderNumber} von ${order.customerName} ist ausgeführt`,
      }[order.audience],
      heading: order.audience === 'agent' ? `Erledigt für ${order.customerName}` : 'Alles ist in Ihrem Team',
      paragraphs: [
        {
          owner: `Was für ${order.customerName} bestellt wurde, ist jetzt im Team „${order.teamName}“. Öffnen Sie das Team und vergeben Sie die Lizenzen: ein Häkchen je Person, und das Programm ist sofort freigeschaltet.`,
          contact: `Was Sie für ${order.customerName} bestellt haben, ist jetzt im Team „${order.teamName}“. Wer das Team leitet, kann die Lizenzen vergeben.`,
          agent: `Die Bestellung ist jetzt im Team „${order.teamName}“. Die Person, der das Team gehört, und die Kontaktperson des Kunden wissen Bescheid.`,
        }[order.audience],
      ],
      facts: [
        ['Hinzugekommen', allOf(order.lines)],
        ['Zusätzlicher Speicherplatz', format.bytes(order.storageBytes)],
        ['Läuft bis', format.date(order.endsOn)],
      ],
      button: order.audience === 'agent' ? 'Bestellung ansehen' : 'Team öffnen',
    }),

    offerAnswered: ({ offerNumber, customerName, answer }) =>
      answer.kind === 'accepted'
        ? {
            subject: `${customerName} hat das Angebot ${offerNumber} angenommen`,
            heading: 'Das Angebot wurde angenommen',
            paragraphs: [
              `${answer.by} hat das Angebot ${offerNumber} für ${customerName} angenommen. Die Bestellung kann jetzt aufgegeben werden.`,
            ],
            button: 'Bestellung aufgeben',
          }
        : {
            subject: `${customerName} hat das Angebot ${offerNumber} abgelehnt`,
            heading: 'Das Angebot wurde abgelehnt',
            paragraphs: [`${customerName} hat das Angebot ${offerNumber} abgelehnt.`],
            ...(answer.reason !== null && { quote: answer.reason }),
            button: 'Angebot ansehen',
          },

    orderHeld: (order) => ({
      subject: `Bestellung ${order.orderNumber} ruht`,
      heading: 'Eine Bestellung ruht',
      paragraphs: [
        {
          review: `Die Bestellung ${order.orderNumber} von ${order.customerName}, aufgegeben von ${order.partnerName}, wartet auf die Prüfung durch den Innendienst.`,
          disputed: `${order.customerName} teilt mit, dass dort niemand das Angebot telefonisch angenommen hat. Die Bestellung ${order.orderNumber}, aufgegeben von ${order.partnerName}, ruht, bis das geklärt ist.`,
        }[order.reason],
      ],
      button: 'Bestellung ansehen',
    }),

    orderFailed: (order) => ({
      subject: `Bestellung ${order.orderNumber} konnte nicht ausgeführt werden`,
      heading: 'Eine Bestellung konnte nicht ausgeführt werden',
      paragraphs: [
        `Die Bestellung ${order.orderNumber} von ${order.customerName}, aufgegeben von ${order.partnerName}, konnte auch nach mehreren Versuchen nicht ausgeführt werden. Nichts davon wurde ausgeführt, auch nicht zum Teil: Kein Team hat etwas erhalten. Der Innendienst kann sie erneut ausführen lassen.`,
      ],
      button: 'Bestellung ansehen',
    }),

    orderRefused: (order, _format, vendorName) => ({
      subject: `Bestellung ${order.orderNumber} wurde abgelehnt`,
      heading: 'Die Bestellung wurde abgelehnt',
      paragraphs: [
        `${vendorName} hat die Bestellung ${order.orderNumber} von ${order.customerName}, aufgegeben von ${order.partnerName}, abgelehnt. Keinem Team wurde etwas hinzugefügt. Die Begründung lautet:`,
      ],
      quote: order.reason,
      button: 'Bestellung ansehen',
    }),

    teamMade: (team, format) => ({
      subject: `Ihr Team ${team.teamName} ist bereit`,
      heading: `Das Team „${team.teamName}“ gehört Ihnen`,
      paragraphs: [
        `${team.partnerName} hat für ${team.customerName} ein Team angelegt und es Ihnen zugedacht. Bestätigen Sie es, dann können Sie Personen einladen und Lizenzen vergeben.`,
      ],
      facts: [
        ['Team', team.teamName],
        ['Kunde', team.customerName],
        ['Vertriebspartner', team.partnerName],
      ],
      button: 'Team bestätigen',
      notes: [
        `Der Link gilt einmal, bis ${format.moment(team.linkEndsAt)}.`,
        `Sie kennen ${team.customerName} oder ${team.partnerName} nicht? Dann brauchen Sie nichts zu tun: Ohne Sie geschieht nichts.`,
      ],
    }),

    teamJoinsCustomer: (team, format) => ({
      subject: `Gehört das Team ${team.teamName} zu ${team.customerName}?`,
      heading: `Gehört „${team.teamName}“ zu ${team.customerName}?`,
      paragraphs: [
        `${team.partnerName} hat für ${team.customerName} etwas in Ihr Team bestellt. Die Lizenzen kommen, sobald Sie bestätigen, dass das Team zu diesem Kunden gehört. ${team.partnerName} kann das Team dann sehen.`,
      ],
      facts: [
        ['Team', team.teamName],
        ['Kunde', team.customerName],
        ['Kundennummer', team.customerNumber],
        ['Vertriebspartner', team.partnerName],
      ],
      button: 'Ansehen und bestätigen',
      notes: [
        `Der Link gilt einmal, bis ${format.moment(team.linkEndsAt)}.`,
        'Das Team gehört nicht dazu? Dann brauchen Sie nichts zu tun: Es bleibt, wie es ist.',
      ],
    }),

    invitation: ({ teamName, invitedByName, productNames, endsOn }, format) => ({
      subject: invitedByName ? `${invitedByName} lädt Sie zu ${teamName} ein` : `Sie sind zu ${teamName} eingeladen`,
      heading: `Kommen Sie ins Team „${teamName}“`,
      paragraphs: [
        invitedByName ? `${invitedByName} hätte Sie gern im Team dabei.` : 'Das Team hätte Sie gern dabei.',
        ...(productNames.length > 0
          ? [
              `Für Sie reserviert: ${format.list(productNames)}. Sobald Sie dem Team beigetreten sind, können Sie damit arbeiten.`,
            ]
          : []),
      ],
      button: 'Dem Team beitreten',
      notes: [`Die Einladung gilt bis ${format.date(endsOn)}.`],
    }),

    ownershipOffered: ({ teamName, offeredByName }) => ({
      subject: `${offeredByName} möchte Ihnen ${teamName} übergeben`,
      heading: `Möchten Sie „${teamName}“ übernehmen?`,
      paragraphs: [
        `${offeredByName} bietet Ihnen das Team an. Wenn Sie annehmen, leiten Sie es: Sie entscheiden, wer dabei ist, und ${offeredByName} kann das Team verlassen. Bis dahin bleibt alles, wie es ist.`,
      ],
      button: 'Team öffnen',
    }),

    customerConfirmed: ({ customerNumber, customerName }) => ({
      subject: `Kunde ${customerNumber} ist bestätigt`,
      heading: `${customerName} ist jetzt Ihr Kunde`,
      paragraphs: [
        `Der Kunde mit der Nummer ${customerNumber} ist bestätigt. Sie können ihm sofort ein Angebot machen.`,
      ],
      button: 'Angebot erstellen',
    }),

    customerDeclined: ({ customerNumber, customerName }, _format, vendorName) => ({
      subject: `Kunde ${customerNumber} wurde nicht bestätigt`,
      heading: `${customerName} wurde nicht bestätigt`,
      paragraphs: [
        `${vendorName} hat Ihre Anfrage zum Kunden mit der Nummer ${customerNumber} abgelehnt. Näheres erfahren Sie dort beim Innendienst.`,
      ],
      button: 'Namesake öffnen',
    }),

    termEnding: (term, format) => ({
      subject: `${term.productName} in ${term.teamName} endet in ${format.count(term.days, dayDative)}`,
      heading: `Noch ${format.count(term.days, day)}`,
      paragraphs: [
        `Die Laufzeit von ${named(term)} im Team „${term.teamName}“ endet am ${format.date(term.endsOn)}. Bitten Sie Ihren Vertriebspartner rechtzeitig um eine Verlängerung, dann geht alles ohne Unterbrechung weiter.`,
      ],
      button: 'Team öffnen',
    }),

    termGrace: (term, format) => ({
      subject: `${term.productName} in ${term.teamName}: Die Laufzeit ist zu Ende`,
      heading: 'Die Laufzeit ist zu Ende, noch funktioniert alles',
      paragraphs: [
        `Die Laufzeit von ${named(term)} im Team „${term.teamName}“ endete am ${format.date(term.endsOn)}. Die Lizenzen funktionieren noch bis ${format.date(term.graceEndsOn)}. Bitten Sie Ihren Vertriebspartner vorher um eine Verlängerung.`,
      ],
      button: 'Team öffnen',
    }),

    termSuspended: (term, format) => ({
      subject: `${term.productName} in ${term.teamName} ist ausgesetzt`,
      heading: 'Die Lizenzen funktionieren zurzeit nicht',
      paragraphs: [
        `Die Laufzeit von ${named(term)} im Team „${term.teamName}“ endete am ${format.date(term.endsOn)} und wurde nicht verlängert. Bis ${format.date(term.terminatesOn)} behalten alle ihre Lizenz: Eine Verlängerung bis dahin stellt alles wieder so her, wie es war.`,
      ],
      button: 'Team öffnen',
    }),

    termTerminated: (term, format) => ({
      subject: `${term.productName} in ${term.teamName} ist beendet`,
      heading: 'Das Abonnement ist beendet',
      paragraphs: [
        `${named(term)} im Team „${term.teamName}“, Laufzeit bis ${format.date(term.endsOn)}, ist endgültig beendet. Niemand hat diese Lizenzen mehr. Dateien bleiben, wo sie sind.`,
      ],
      button: 'Team öffnen',
    }),
  },
};
