import type { MailLanguage } from '../mail-text.ts';
import type { NoticeLine } from '../notice.kinds.ts';

const month = { one: 'měsíc', few: 'měsíce', other: 'měsíců' };
const day = { one: 'den', few: 'dny', other: 'dní' };

const named = ({ quantity, productName }: NoticeLine): string => `${quantity}× ${productName}`;
const allOf = (lines: readonly NoticeLine[]): string => lines.map(named).join('\n');

export const cs: MailLanguage = {
  addressLead: 'Pokud tlačítko nefunguje, otevřete tuto adresu:',
  closing: (vendorName) =>
    `Tento e-mail odeslal automaticky systém Namesake pro společnost ${vendorName}. Odpovědi na něj nikdo nečte.`,
  notices: {
    accountConfirmation: ({ linkEndsAt }, format, vendorName) => ({
      subject: 'Potvrďte svou e-mailovou adresu',
      heading: 'Ještě jeden krok a váš účet je připraven',
      paragraphs: [
        `Potvrďte prosím, že je tato e-mailová adresa vaše. Potom se můžete přihlásit u společnosti ${vendorName}.`,
      ],
      button: 'Potvrdit adresu',
      notes: [
        `Odkaz platí do ${format.moment(linkEndsAt)}.`,
        'O žádný účet jste nežádali? Pak není třeba nic dělat: bez odkazu vaši adresu nikdo nepoužije.',
      ],
    }),

    accountExists: ({ name }) => ({
      subject: 'Účet už máte',
      heading: 'Účet už máte',
      paragraphs: [
        `Někdo, nejspíš vy, právě požádal o účet s touto adresou. Patří k ní ale už účet na jméno ${name}, stačí se přihlásit.`,
        'Pokud jste heslo zapomněli, přihlašovací stránka vám pomůže k novému.',
      ],
      button: 'Přihlásit se',
      notes: ['Nebyli jste to vy? Nic se nezměnilo a není třeba nic dělat.'],
    }),

    passwordReset: ({ linkEndsAt }, format) => ({
      subject: 'Zvolte si nové heslo',
      heading: 'Zvolte si nové heslo',
      paragraphs: ['S novým heslem budete hned přihlášeni a všude jinde odhlášeni.'],
      button: 'Zvolit heslo',
      notes: [
        `Odkaz platí jednou, do ${format.moment(linkEndsAt)}.`,
        'Nežádali jste o to? Pak není třeba nic dělat: vaše heslo zůstává, jak je.',
      ],
    }),

    passwordChanged: ({ changedAt }, format) => ({
      subject: 'Vaše heslo bylo změněno',
      heading: 'Vaše heslo bylo změněno',
      paragraphs: [
        `Váš účet má nové heslo, změněno bylo ${format.moment(changedAt)}. Všechny ostatní prohlížeče a všechny aplikace byly odhlášeny.`,
        'Byli jste to vy? Pak není třeba nic dělat. Nebyli? Pak si hned zvolte jiné heslo: tím odhlásíte každého, kdo to byl.',
      ],
      button: 'Zvolit jiné heslo',
      notes: [],
    }),

    offerSent: (offer, format) => ({
      subject: `Nabídka ${offer.offerNumber} od ${offer.partnerName}`,
      heading: `Vaše nabídka od ${offer.partnerName}`,
      paragraphs: [
        `Máme pro vás nabídku pro zákazníka ${offer.customerName}. Celou si ji můžete přečíst a přijmout nebo odmítnout bez účtu.`,
      ],
      facts: [
        ...offer.lines.map((line) => [named(line), format.count(line.termMonths, month)] as const),
        ['Úložiště v ceně', format.bytes(offer.storageBytes)],
        ['Celkem', format.money(offer.total)],
        ['Platí do', format.date(offer.validUntil)],
        ...(offer.agentName ? [['Připraveno', `${offer.agentName}, ${offer.partnerName}`] as const] : []),
      ],
      quote: offer.message,
      button: 'Přečíst nabídku',
      notes: ['Kdo má tento odkaz, může nabídku přijmout. Předejte ho jen těm, kdo o ní smějí rozhodnout.'],
    }),

    offerAcceptedByPhone: (offer, format) => ({
      subject: `Nabídka ${offer.offerNumber} byla přijata po telefonu`,
      heading: 'Vaše nabídka byla přijata po telefonu',
      paragraphs: [
        `Obchodní partner ${offer.partnerName} zaznamenal, že nabídku pro zákazníka ${offer.customerName} po telefonu přijala tato osoba. Pokud je to správně, není třeba nic dělat.`,
      ],
      facts: [
        ['Souhlas dala osoba', offer.acceptedBy],
        ['Kdy', format.moment(offer.acceptedAt)],
        ['Nabídka', allOf(offer.lines)],
        ['Celkem', format.money(offer.total)],
        ...(offer.agentName ? [['Záznam pořídila osoba', offer.agentName] as const] : []),
      ],
      button: 'To jsme nebyli my',
      notes: [
        `Tlačítko vede na stránku, kde to můžete oznámit. Objednávka pak počká, dokud to s vámi obchodní partner ${offer.partnerName} nevyjasní.`,
        `Odkaz platí do ${format.moment(offer.linkEndsAt)}.`,
      ],
    }),

    orderToComplete: (order, format) => ({
      subject: `Objednávka ${order.orderNumber}: pro který tým?`,
      heading: 'Pro který tým je vaše objednávka?',
      paragraphs: [
        `Děkujeme za objednávku u obchodního partnera ${order.partnerName}. Chybí už jen dva údaje: název týmu a e-mailová adresa jeho vlastníka. Účet k tomu nepotřebujete.`,
      ],
      facts: [['Objednáno', allOf(order.lines)]],
      button: 'Uvést tým',
      notes: [`Odkaz platí jednou, do ${format.moment(order.linkEndsAt)}.`],
    }),

    orderCompleted: (order, format) => ({
      subject: {
        owner: `Objednávka je ve vašem týmu ${order.teamName}`,
        contact: `Vaše objednávka ${order.orderNumber} je vyřízena`,
        agent: `Objednávka ${order.orderNumber} zákazníka ${order.customerName} je vyřízena`,
      }[order.audience],
      heading: order.audience === 'agent' ? `Vyřízeno: ${order.customerName}` : 'Vše je ve vašem týmu',
      paragraphs: [
        {
          owner: `Objednávka pro zákazníka ${order.customerName} je teď v týmu „${order.teamName}“. Otevřete tým a přidělte licence: stačí u každého člověka jedno zaškrtnutí a jeho program se hned odemkne.`,
          contact: `Co jste objednali pro zákazníka ${order.customerName}, je teď v týmu „${order.teamName}“. Kdo tým vede, může licence přidělit.`,
          agent: `Objednávka je teď v týmu „${order.teamName}“. Vlastník týmu i kontaktní osoba zákazníka o tom vědí.`,
        }[order.audience],
      ],
      facts: [
        ['Přibylo', allOf(order.lines)],
        ['Další úložiště', format.bytes(order.storageBytes)],
        ['Běží do', format.date(order.endsOn)],
      ],
      button: order.audience === 'agent' ? 'Zobrazit objednávku' : 'Otevřít tým',
    }),

    offerAnswered: ({ offerNumber, customerName, answer }) =>
      answer.kind === 'accepted'
        ? {
            subject: `${customerName}: nabídka ${offerNumber} byla přijata`,
            heading: 'Nabídka byla přijata',
            paragraphs: [
              `Nabídku ${offerNumber} za zákazníka ${customerName} přijal(a) ${answer.by}. Nyní lze zadat objednávku.`,
            ],
            button: 'Zadat objednávku',
          }
        : {
            subject: `${customerName}: nabídka ${offerNumber} byla odmítnuta`,
            heading: 'Nabídka byla odmítnuta',
            paragraphs: [`Zákazník ${customerName} nabídku ${offerNumber} odmítl.`],
            ...(answer.reason !== null && { quote: answer.reason }),
            button: 'Zobrazit nabídku',
          },

    orderHeld: (order) => ({
      subject: `Objednávka ${order.orderNumber} čeká`,
      heading: 'Objednávka čeká',
      paragraphs: [
        {
          review: `Objednávka ${order.orderNumber} zákazníka ${order.customerName}, kterou zadal obchodní partner ${order.partnerName}, čeká na kontrolu.`,
          disputed: `Zákazník ${order.customerName} oznámil, že tam nabídku po telefonu nikdo nepřijal. Objednávka ${order.orderNumber}, kterou zadal obchodní partner ${order.partnerName}, čeká, dokud se to nevyjasní.`,
        }[order.reason],
      ],
      button: 'Zobrazit objednávku',
    }),

    orderFailed: (order) => ({
      subject: `Objednávku ${order.orderNumber} se nepodařilo zpracovat`,
      heading: 'Objednávku se nepodařilo zpracovat',
      paragraphs: [
        `Objednávku ${order.orderNumber} zákazníka ${order.customerName}, kterou zadal obchodní partner ${order.partnerName}, se ani po několika pokusech nepodařilo zpracovat. Neprovedlo se nic, ani zčásti: do žádného týmu nic nepřibylo. Dodavatel ji může nechat zpracovat znovu.`,
      ],
      button: 'Zobrazit objednávku',
    }),

    orderRefused: (order, _format, vendorName) => ({
      subject: `Objednávka ${order.orderNumber} byla odmítnuta`,
      heading: 'Objednávka byla odmítnuta',
      paragraphs: [
        `Společnost ${vendorName} odmítla objednávku ${order.orderNumber} zákazníka ${order.customerName}, kterou zadal obchodní partner ${order.partnerName}. Do žádného týmu nic nepřibylo. Důvod:`,
      ],
      quote: order.reason,
      button: 'Zobrazit objednávku',
    }),

    teamMade: (team, format) => ({
      subject: `Váš tým ${team.teamName} je připraven`,
      heading: `Tým „${team.teamName}“ je váš`,
      paragraphs: [
        `Obchodní partner ${team.partnerName} založil tým pro zákazníka ${team.customerName} a uvedl vás jako jeho vlastníka. Potvrďte ho a můžete zvát lidi a přidělovat licence.`,
      ],
      facts: [
        ['Tým', team.teamName],
        ['Zákazník', team.customerName],
        ['Obchodní partner', team.partnerName],
      ],
      button: 'Potvrdit tým',
      notes: [
        `Odkaz platí jednou, do ${format.moment(team.linkEndsAt)}.`,
        `Neznáte zákazníka ${team.customerName} nebo partnera ${team.partnerName}? Pak není třeba nic dělat: bez vás se nic nestane.`,
      ],
    }),

    teamJoinsCustomer: (team, format) => ({
      subject: `Patří tým ${team.teamName} k zákazníkovi ${team.customerName}?`,
      heading: `Patří „${team.teamName}“ k zákazníkovi ${team.customerName}?`,
      paragraphs: [
        `Obchodní partner ${team.partnerName} zadal pro zákazníka ${team.customerName} objednávku do vašeho týmu. Licence přibudou, jakmile potvrdíte, že tým k tomuto zákazníkovi patří. Partner ${team.partnerName} pak tým uvidí.`,
      ],
      facts: [
        ['Tým', team.teamName],
        ['Zákazník', team.customerName],
        ['Zákaznické číslo', team.customerNumber],
        ['Obchodní partner', team.partnerName],
      ],
      button: 'Podívat se a potvrdit',
      notes: [
        `Odkaz platí jednou, do ${format.moment(team.linkEndsAt)}.`,
        'Nepatří tam? Pak není třeba nic dělat: váš tým zůstává, jak je.',
      ],
    }),

    invitation: ({ teamName, invitedByName, productNames, endsOn }, format) => ({
      subject: invitedByName ? `${invitedByName} vás zve do týmu ${teamName}` : `Pozvánka do týmu ${teamName}`,
      heading: `Přidejte se k týmu „${teamName}“`,
      paragraphs: [
        invitedByName ? `${invitedByName} vás zve ke společné práci v týmu.` : 'Tým vás zve ke společné práci.',
        ...(productNames.length > 0
          ? [`Je pro vás rezervováno: ${format.list(productNames)}. Jakmile se přidáte, můžete s tím pracovat.`]
          : []),
      ],
      button: 'Přidat se k týmu',
      notes: [`Pozvánka platí do ${format.date(endsOn)}.`],
    }),

    ownershipOffered: ({ teamName, offeredByName }) => ({
      subject: `${offeredByName} vám chce předat tým ${teamName}`,
      heading: `Převezmete tým „${teamName}“?`,
      paragraphs: [
        `${offeredByName} vám nabízí vlastnictví týmu. Pokud ho přijmete, povedete tým vy: rozhodnete, kdo v něm je, a dosavadní vlastník ho může opustit. Do té doby zůstává vše, jak je.`,
      ],
      button: 'Otevřít tým',
    }),

    customerConfirmed: ({ customerNumber, customerName }) => ({
      subject: `Zákazník ${customerNumber} je potvrzen`,
      heading: `${customerName} je teď váš zákazník`,
      paragraphs: [`Zákazník s číslem ${customerNumber} je potvrzen. Nabídku pro něj můžete vytvořit hned.`],
      button: 'Vytvořit nabídku',
    }),

    customerDeclined: ({ customerNumber, customerName }, _format, vendorName) => ({
      subject: `Zákazník ${customerNumber} nebyl potvrzen`,
      heading: `Zákazník ${customerName} nebyl potvrzen`,
      paragraphs: [
        `Společnost ${vendorName} vaši žádost o zákazníka s číslem ${customerNumber} zamítla. Více vám tam řeknou na obchodním oddělení.`,
      ],
      button: 'Otevřít Namesake',
    }),

    termEnding: (term, format) => ({
      subject: `${term.productName} v týmu ${term.teamName} končí za ${format.count(term.days, day)}`,
      heading: `Konec období za ${format.count(term.days, day)}`,
      paragraphs: [
        `Období pro ${named(term)} v týmu „${term.teamName}“ končí ${format.date(term.endsOn)}. Požádejte včas svého obchodního partnera o prodloužení a vše poběží dál bez přerušení.`,
      ],
      button: 'Otevřít tým',
    }),

    termGrace: (term, format) => ({
      subject: `${term.productName} v týmu ${term.teamName}: období skončilo`,
      heading: 'Období skončilo, zatím vše funguje',
      paragraphs: [
        `Období pro ${named(term)} v týmu „${term.teamName}“ skončilo ${format.date(term.endsOn)}. Licence fungují do ${format.date(term.graceEndsOn)}. Požádejte do té doby svého obchodního partnera o prodloužení.`,
      ],
      button: 'Otevřít tým',
    }),

    termSuspended: (term, format) => ({
      subject: `${term.productName} v týmu ${term.teamName} je pozastaveno`,
      heading: 'Licence teď nefungují',
      paragraphs: [
        `Období pro ${named(term)} v týmu „${term.teamName}“ skončilo ${format.date(term.endsOn)} a nebylo prodlouženo. Do ${format.date(term.terminatesOn)} si všichni svou licenci ponechávají: prodloužení do té doby vrátí vše do původního stavu.`,
      ],
      button: 'Otevřít tým',
    }),

    termTerminated: (term, format) => ({
      subject: `${term.productName} v týmu ${term.teamName} skončilo`,
      heading: 'Předplatné skončilo',
      paragraphs: [
        `${named(term)} v týmu „${term.teamName}“ s obdobím do ${format.date(term.endsOn)} definitivně skončilo. Tyto licence už nikdo nemá. Soubory zůstávají, kde jsou.`,
      ],
      button: 'Otevřít tým',
    }),
  },
};
