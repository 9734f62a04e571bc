import type { LeaseInfo, UseSnapshot } from '../../sdk/index.ts';
import type { News } from './status.ts';

/** Tells a person why the program is locked, and the one thing to do. */
export function reasonText({ reason, team }: UseSnapshot, wasUnlocked: boolean): string {
  const name = team?.name ?? 'the team';
  switch (reason) {
    case 'starting':
      return 'Asking for your licence.';
    case 'unreachable':
      return 'The licence server has not answered for a while. Sketchpad opens again when it does.';
    case 'noTeam':
      return 'You are in no team yet: ask your office to invite you.';
    case 'noLicence':
      return wasUnlocked
        ? `Your licence was taken back: ask the owner of ${name}.`
        : `No licence in this team yet: ask the owner of ${name}.`;
    case 'invited':
      return `You are invited to ${name}: accept the invitation in your mail.`;
    case 'reserved':
      return `A licence waits for you in ${name}: accept the invitation in your mail.`;
    case 'notMember':
    case 'removed':
      return `You are not a member of ${name}: ask its owner to invite you.`;
    case 'noSubscription':
      return `${name} has no licences for this product: ask its owner to order some.`;
    case 'suspended':
    case 'ended':
      return `The term of the licences of ${name} is over: ask its owner to renew them.`;
    case 'leaseExpired':
      return 'The time without network is over. Sketchpad opens again with the network.';
    case 'clockSetBack':
      return 'The clock of this machine was set back: set it right.';
    case 'leaseOfAnotherDevice':
    case 'cacheTampered':
    case 'leaseInvalid':
      return 'What is kept on this machine for work without network is not its own. Connect it once.';
    case 'wrongKey':
      return 'What is kept on this machine for work without network is not from the vendor. Ask the vendor.';
    case 'leaseRevoked':
      return `Your licence was taken back: ask the owner of ${name}.`;
    case 'accountNotConfirmed':
      return 'Your e-mail address is not confirmed yet: follow the link in your mail.';
    default:
      return `Locked (${reason}): ask the owner of ${name}.`;
  }
}

/** Says how long it works, where that is worth a word. */
export function termText({ reason, until, offline }: UseSnapshot): string {
  if (offline !== undefined)
    return `no network since ${clockTime(offline.since)}, works until ${dayTime(offline.until)}`;
  if (until === null) return 'unlocked';
  return reason === 'grace' ? `term over, works until ${until}` : `unlocked until ${until}`;
}

/** Says what happened last. */
export function newsText({ story, at, until }: News): string {
  switch (story) {
    case 'given':
      return `licence given ${clockTime(at)}`;
    case 'taken':
      return `licence taken back ${clockTime(at)}`;
    case 'ending':
      return until === null ? 'the term ends' : `the term ends, works until ${until}`;
    case 'renewed':
      return until === null ? 'the term was renewed' : `the term was renewed until ${until}`;
  }
}

/** Says what works without network. */
export function leaseText({ expiresAt, refusal }: LeaseInfo): string {
  return refusal === undefined
    ? `works without network until ${dayTime(expiresAt)}`
    : `no work without network (${refusal})`;
}

export function clockTime(moment: Date): string {
  return moment.toTimeString().slice(0, 8);
}

/** Day and minute, in local time. */
export function dayTime(moment: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
