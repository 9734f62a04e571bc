import type { LinkKind } from '../../../contract/link.ts';
import type { LinkId } from '../../../domain/id.ts';
import { AppError } from '../../platform/app-error.ts';
import type { AccountCaller, Nobody, Repeat } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import type { Link } from './link.queries.ts';
import { proveLink, useLink } from './link.service.ts';

/** A link with its secret, as somebody presents it. */
export interface Presented {
  readonly linkId: LinkId;
  readonly secret: string;
  readonly caller: AccountCaller | Nobody;
  readonly repeat: Repeat | undefined;
}

/** The proven link, if it is of this kind: a link opens nothing but what it was made for. */
export async function proveKind(ground: Ground, { linkId, secret }: Presented, ...kinds: LinkKind[]): Promise<Link> {
  const link = await proveLink(ground, linkId, secret);
  if (!kinds.includes(link.kind)) throw new AppError('linkUnknown');
  return link;
}

/** Runs a change by the bearer of a link that {@link proveKind} has proven. */
export function byBearer<T>(
  ground: Ground,
  { linkId, repeat }: Presented,
  work: (change: Change) => Promise<T>,
): Promise<T> {
  return transact(ground, { actor: { kind: 'link', id: linkId }, repeat }, work);
}

/** {@link byBearer} for a change that uses the link up. */
export function usingUp<T>(
  ground: Ground,
  presented: Presented,
  work: (change: Change, link: Link) => Promise<T>,
): Promise<T> {
  return byBearer(ground, presented, (change) => useLink(change, presented.linkId, (link) => work(change, link)));
}
