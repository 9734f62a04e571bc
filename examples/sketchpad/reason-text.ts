import type { UseSnapshot } from '../../sdk/index.ts';

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
    case 'accountNotConfirmed':
      return 'Your e-mail address is not confirmed yet: follow the link in your mail.';
    default:
      return `Locked (${reason}): ask the owner of ${name}.`;
  }
}

/** Says how long it works, where that is worth a word. */
export function termText({ reason, until }: UseSnapshot): string {
  if (until === null) return 'unlocked';
  return reason === 'grace' ? `term over, works until ${until}` : `unlocked until ${until}`;
}
