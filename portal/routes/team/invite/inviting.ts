import type { EmailAddress } from '../../../../domain/email-address.ts';
import type { ProblemCode } from '../../../data/api-problem.ts';
import { problemCode } from '../../../data/api-problem.ts';

/** Somebody to invite. */
export interface Invitee {
  readonly email: EmailAddress;
  readonly name?: string;
  readonly role: 'administrator' | 'licenceManager' | 'member';
  readonly external: boolean;
}

/** What became of one address, as the server answers. */
export interface InvitationOutcome {
  readonly email: string;
  readonly outcome: 'invited' | 'alreadyMember' | 'invalidEmail' | 'repeated';
  readonly memberId: string | null;
}

/** What became of all of them. */
export interface InvitingSummary {
  readonly invited: readonly InvitationOutcome[];
  readonly others: Readonly<Record<Exclude<InvitationOutcome['outcome'], 'invited'>, readonly string[]>>;
  /** How many the server was not asked for any more, or gave no answer to. */
  readonly unsent: number;
  readonly stoppedBy: ProblemCode | undefined;
}

/** So many invitations go in one request: short enough to show progress, long enough to be quick. */
export const chunkSize = 100;

/** Sends invitations chunk by chunk; what stops one chunk stops the rest, and what went out before is told. */
export async function sendInvitations(
  people: readonly Invitee[],
  send: (chunk: readonly Invitee[]) => Promise<readonly InvitationOutcome[]>,
  onProgress: (count: number) => void,
): Promise<InvitingSummary> {
  const outcomes: InvitationOutcome[] = [];
  for (let from = 0; from < people.length; from += chunkSize) {
    try {
      outcomes.push(...(await send(people.slice(from, from + chunkSize))));
    } catch (error) {
      return { ...sumUp(outcomes), unsent: people.length - from, stoppedBy: problemCode(error) };
    }
    onProgress(Math.min(from + chunkSize, people.length));
  }
  return { ...sumUp(outcomes), unsent: 0, stoppedBy: undefined };
}

function sumUp(outcomes: readonly InvitationOutcome[]): Pick<InvitingSummary, 'invited' | 'others'> {
  const of = (outcome: InvitationOutcome['outcome']) => outcomes.filter((one) => one.outcome === outcome);
  const emails = (outcome: InvitationOutcome['outcome']) => of(outcome).map(({ email }) => email);
  return {
    invited: of('invited'),
    others: {
      alreadyMember: emails('alreadyMember'),
      invalidEmail: emails('invalidEmail'),
      repeated: emails('repeated'),
    },
  };
}
