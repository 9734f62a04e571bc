import type { MailLanguage } from '../mail-text.ts';
import type { NoticeLine } from '../notice.kinds.ts';

const month = { one: 'month', other: 'months' };
const day = { one: 'day', other: 'days' };

const named = ({ quantity, productName }: NoticeLine): string => `${quantity} × ${productName}`;
const allOf = (lines: readonly NoticeLine[]): string => lines.map(named).join('\n');

export const en: MailLanguage = {
  addressLead: 'If the button does not work, open this address:',
  closing: (vendorName) => `Namesake sent this mail by itself, for ${vendorName}. Nobody reads answers to it.`,
  notices: {
    accountConfirmation: ({ linkEndsAt }, format, vendorName) => ({
      subject: 'Confirm your e-mail address',
      heading: 'One step, and your account is ready',
      paragraphs: [`Please confirm that this is your e-mail address. From then on you can sign in at ${vendorName}.`],
      button: 'Confirm address',
      notes: [
        `The link works until ${format.moment(linkEndsAt)}.`,
        'You did not ask for an account? Then leave this mail alone: without the link nobody can use your address.',
      ],
    }),

    accountExists: ({ name }) => ({
      subject: 'You have an account already',
      heading: `Welcome back, ${name}`,
      paragraphs: [
        'Somebody, most likely you, has just asked for an account with this address. You have one already, so sign in with it.',
        'If you have forgotten the password, the sign-in page helps you to a new one.',
      ],
      button: 'Sign in',
      notes: ['It was not you? Nothing has changed, and there is nothing to do.'],
    }),

    passwordReset: ({ linkEndsAt }, format) => ({
      subject: 'Choose a new password',
      heading: 'Choose a new password',
      paragraphs: ['With the new password you are signed in at once, and signed out everywhere else.'],
      button: 'Choose password',
      notes: [
        `The link works once, until ${format.moment(linkEndsAt)}.`,
        'You did not ask for it? Then leave this mail alone: your password stays as it is.',
      ],
    }),

    passwordChanged: ({ changedAt }, format) => ({
      subject: 'Your password was changed',
      heading: 'Your password was changed',
      paragraphs: [
        `Since ${format.moment(changedAt)} your account has a new password. Every other browser and every application was signed out.`,
        'It was you? Then there is nothing to do. It was not you? Then choose another password now: that signs out whoever it was.',
      ],
      button: 'Choose another password',
      notes: [],
    }),

    offerSent: (offer, format) => ({
      subject: `Offer ${offer.offerNumber} from ${offer.partnerName}`,
      heading: `Your offer from ${offer.partnerName}`,
      paragraphs: [
        `${offer.agentName ?? offer.partnerName} has made this offer for ${offer.customerName}. Read it in full, and accept or decline it, without an account.`,
      ],
      facts: [
        ...offer.lines.map((line) => [named(line), format.count(line.termMonths, month)] as const),
        ['Storage included', format.bytes(offer.storageBytes)],
        ['Total', format.money(offer.total)],
        ['Valid until', format.date(offer.validUntil)],
      ],
      quote: offer.message,
      button: 'Read the offer',
      notes: ['Whoever has this link can accept the offer. Pass it on only to people who may decide.'],
    }),

    offerAcceptedByPhone: (offer, format) => ({
      subject: `Offer ${offer.offerNumber} was accepted on the phone`,
      heading: 'Your offer was accepted on the phone',
      paragraphs: [
        `${offer.agentName ?? offer.partnerName} has noted that ${offer.acceptedBy} accepted the offer for ${offer.customerName}. If that is right, there is nothing to do.`,
      ],
      facts: [
        ['Accepted by', offer.acceptedBy],
        ['Accepted on', format.moment(offer.acceptedAt)],
        ['Offer', allOf(offer.lines)],
        ['Total', format.money(offer.total)],
      ],
      button: 'This was not us',
      notes: [
        `The button leads to a page where you can say so. The order then waits until ${offer.partnerName} has cleared it up with you.`,
        `The link works until ${format.moment(offer.linkEndsAt)}.`,
      ],
    }),

    orderToComplete: (order, format) => ({
      subject: `Order ${order.orderNumber}: which team is it for?`,
      heading: 'Which team is your order for?',
      paragraphs: [
        `Thank you for your order with ${order.partnerName}. Two things are missing: the name of the team and the e-mail address of its owner. You can name them without an account.`,
      ],
      facts: [['Ordered', allOf(order.lines)]],
      button: 'Name the team',
      notes: [`The link works once, until ${format.moment(order.linkEndsAt)}.`],
    }),

    orderCompleted: (order, format) => ({
      subject: {
        owner: `Your team ${order.teamName} has what was ordered`,
        contact: `Your order ${order.orderNumber} is done`,
        agent: `Order ${order.orderNumber} of ${order.customerName} is done`,
      }[order.audience],
      heading: order.audience === 'agent' ? `Done for ${order.customerName}` : 'Everything is in your team',
      paragraphs: [
        {
          owner: `What was ordered for ${order.customerName} is now in the team “${order.teamName}”. Open the team and hand the licences to people: one tick each, and their application unlocks at once.`,
          contact: `What you ordered for ${order.customerName} is now in the team “${order.teamName}”. Whoever leads the team can hand the licences to people.`,
          agent: `The order is now in the team “${order.teamName}”. The team's owner and the customer's contact have been told.`,
        }[order.audience],
      ],
      facts: [
        ['Added', allOf(order.lines)],
        ['Storage added', format.bytes(order.storageBytes)],
        ['Runs until', format.date(order.endsOn)],
      ],
      button: order.audience === 'agent' ? 'See the order' : 'Open the team',
    }),

    offerAnswered: ({ offerNumber, customerName, answer }) =>
      answer.kind === 'accepted'
        ? {
            subject: `${customerName} accepted offer ${offerNumber}`,
            heading: 'The offer was accepted',
            paragraphs: [
              `${answer.by} accepted offer ${offerNumber} for ${customerName}. The order can be placed now.`,
            ],
            button: 'Place the order',
          }
        : {
            subject: `${customerName} declined offer ${offerNumber}`,
            heading: 'The offer was declined',
            paragraphs: [`${customerName} declined offer ${offerNumber}.`],
            ...(answer.reason !== null && { quote: answer.reason }),
            button: 'See the offer',
          },

    orderHeld: (order) => ({
      subject: `Order ${order.orderNumber} is on hold`,
      heading: 'An order is on hold',
      paragraphs: [
        {
          review: `Order ${order.orderNumber} of ${order.customerName}, placed by ${order.partnerName}, waits until the back office has looked at it.`,
          disputed: `Somebody at ${order.customerName} says that nobody there accepted the offer on the phone. Order ${order.orderNumber}, placed by ${order.partnerName}, waits until this is cleared up.`,
        }[order.reason],
      ],
      button: 'See the order',
    }),

    orderFailed: (order) => ({
      subject: `Order ${order.orderNumber} could not be processed`,
      heading: 'An order could not be processed',
      paragraphs: [
        `Order ${order.orderNumber} of ${order.customerName}, placed by ${order.partnerName}, was tried several times without success. Nothing is half done: no team got anything of it. The back office can have it processed again.`,
      ],
      button: 'See the order',
    }),

    orderRefused: (order, _format, vendorName) => ({
      subject: `Order ${order.orderNumber} was refused`,
      heading: 'The order was refused',
      paragraphs: [
        `${vendorName} has refused order ${order.orderNumber} of ${order.customerName}, placed by ${order.partnerName}. Nothing was added to any team. The reason given is:`,
      ],
      quote: order.reason,
      button: 'See the order',
    }),

    teamMade: (team, format) => ({
      subject: `Your team ${team.teamName} is ready`,
      heading: `The team “${team.teamName}” is yours`,
      paragraphs: [
        `${team.partnerName} has made a team for ${team.customerName} and named you as its owner. Confirm it, and you can invite people and hand out licences.`,
      ],
      facts: [
        ['Team', team.teamName],
        ['Customer', team.customerName],
        ['Sales partner', team.partnerName],
      ],
      button: 'Confirm the team',
      notes: [
        `The link works once, until ${format.moment(team.linkEndsAt)}.`,
        `You do not know ${team.customerName} or ${team.partnerName}? Then leave this mail alone: nothing happens without you.`,
      ],
    }),

    teamJoinsCustomer: (team, format) => ({
      subject: `Does the team ${team.teamName} belong to ${team.customerName}?`,
      heading: `Does “${team.teamName}” belong to ${team.customerName}?`,
      paragraphs: [
        `${team.partnerName} has placed an order of ${team.customerName} for your team. The licences come as soon as you confirm that the team belongs to this customer. ${team.partnerName} can then see the team.`,
      ],
      facts: [
        ['Team', team.teamName],
        ['Customer', team.customerName],
        ['Customer number', team.customerNumber],
        ['Sales partner', team.partnerName],
      ],
      button: 'Look and confirm',
      notes: [
        `The link works once, until ${format.moment(team.linkEndsAt)}.`,
        'It does not belong there? Then leave this mail alone: your team stays as it is.',
      ],
    }),

    invitation: ({ teamName, invitedByName, productNames, endsOn }, format) => ({
      subject: invitedByName ? `${invitedByName} invites you to ${teamName}` : `You are invited to ${teamName}`,
      heading: `Join the team “${teamName}”`,
      paragraphs: [
        invitedByName
          ? `${invitedByName} would like to have you in the team.`
          : 'The team would like to have you in it.',
        ...(productNames.length > 0
          ? [`Reserved for you: ${format.list(productNames)}. Once you have joined you can work with it.`]
          : []),
      ],
      button: 'Join the team',
      notes: [`The invitation lasts until ${format.date(endsOn)}.`],
    }),

    ownershipOffered: ({ teamName, offeredByName }) => ({
      subject: `${offeredByName} would like to hand ${teamName} over to you`,
      heading: `Will you take over “${teamName}”?`,
      paragraphs: [
        `${offeredByName} offers you the ownership of the team. If you accept, you lead it: you decide who is in it, and ${offeredByName} can leave. Until then everything stays as it is.`,
      ],
      button: 'Open the team',
    }),

    customerConfirmed: ({ customerNumber, customerName }) => ({
      subject: `Customer ${customerNumber} is confirmed`,
      heading: `${customerName} is your customer now`,
      paragraphs: [`The customer with the number ${customerNumber} is confirmed. You can make an offer at once.`],
      button: 'Make an offer',
    }),

    customerDeclined: ({ customerNumber, customerName }, _format, vendorName) => ({
      subject: `Customer ${customerNumber} was not confirmed`,
      heading: `${customerName} was not confirmed`,
      paragraphs: [
        `${vendorName} has declined your request for the customer with the number ${customerNumber}. The back office there can tell you more.`,
      ],
      button: 'Open Namesake',
    }),

    termEnding: (term, format) => ({
      subject: `${term.productName} in ${term.teamName} ends in ${format.count(term.days, day)}`,
      heading: `${format.count(term.days, day)} left`,
      paragraphs: [
        `The term of ${named(term)} in the team “${term.teamName}” ends on ${format.date(term.endsOn)}. Ask your sales partner for a renewal in time, and everything goes on without a gap.`,
      ],
      button: 'Open the team',
    }),

    termGrace: (term, format) => ({
      subject: `${term.productName} in ${term.teamName}: the term has ended`,
      heading: 'The term has ended, and everything still works',
      paragraphs: [
        `The term of ${named(term)} in the team “${term.teamName}” ended on ${format.date(term.endsOn)}. The licences work until ${format.date(term.graceEndsOn)}. Ask your sales partner for a renewal before that day.`,
      ],
      button: 'Open the team',
    }),

    termSuspended: (term, format) => ({
      subject: `${term.productName} in ${term.teamName} is suspended`,
      heading: 'The licences do not work at present',
      paragraphs: [
        `The term of ${named(term)} in the team “${term.teamName}” ended on ${format.date(term.endsOn)} and was not renewed. Everybody keeps their licence until ${format.date(term.terminatesOn)}: a renewal by then brings all of it back as it was.`,
      ],
      button: 'Open the team',
    }),

    termTerminated: (term, format) => ({
      subject: `${term.productName} in ${term.teamName} has ended`,
      heading: 'The subscription has ended',
      paragraphs: [
        `${named(term)} in the team “${term.teamName}”, whose term ended on ${format.date(term.endsOn)}, has ended for good. Nobody holds these licences any more. Files stay where they are.`,
      ],
      button: 'Open the team',
    }),
  },
};
