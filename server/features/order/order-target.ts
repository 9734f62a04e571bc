import type { EmailAddress } from '../../../domain/email-address.ts';
import { parseEmailAddress } from '../../../domain/email-address.ts';
import type { TeamId } from '../../../domain/id.ts';
import { invalidField } from '../../platform/app-error.ts';

/** What somebody says of an order's team: the team itself, or what is known of its name and owner. */
export interface TeamSaid {
  readonly teamId?: TeamId | undefined;
  readonly teamName?: string | undefined;
  readonly ownerEmail?: string | undefined;
}

/** {@link TeamSaid}, checked: a team that was chosen, or its name and owner as far as they are known. */
export type TeamTarget =
  | { readonly teamId: TeamId }
  | { readonly teamName: string | undefined; readonly ownerEmail: EmailAddress | undefined };

/** @throws AppError `invalidRequest` for an address that is none. */
export function readTarget({ teamId, teamName, ownerEmail }: TeamSaid): TeamTarget {
  if (teamId) return { teamId };
  const address = ownerEmail === undefined ? undefined : parseEmailAddress(ownerEmail);
  if (ownerEmail !== undefined && !address) throw invalidField('ownerEmail', 'expected an e-mail address');
  return { teamName, ownerEmail: address };
}

/** {@link readTarget} where nothing may be left open. @throws AppError `invalidRequest` that names what is missing. */
export function requireTarget(said: TeamSaid): { teamId: TeamId } | { teamName: string; ownerEmail: EmailAddress } {
  const target = readTarget(said);
  if ('teamId' in target) return target;
  const { teamName, ownerEmail } = target;
  if (teamName === undefined) throw invalidField('teamName', 'is missing');
  if (ownerEmail === undefined) throw invalidField('ownerEmail', 'is missing');
  return { teamName, ownerEmail };
}
