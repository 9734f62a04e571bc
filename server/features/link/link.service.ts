import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LinkKind } from '../../../contract/link.ts';
import type { EmailAddress } from '../../../domain/email-address.ts';
import type { LinkId } from '../../../domain/id.ts';
import type { Db } from '../../db/database.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Change } from '../../platform/transact.ts';
import type { Link } from './link.queries.ts';
import {
  countWrongTry,
  endLiveLinks,
  findLink,
  findOpenLink,
  insertLink,
  lockLinkUse,
  markLinkUsed,
} from './link.queries.ts';

const MAX_WRONG_TRIES = 5;
const DAY_MILLISECONDS = 86_400_000;

export interface LinkOrder {
  readonly kind: LinkKind;
  /** What the link is about: an account, offer, order, team or member. */
  readonly subjectId: string;
  readonly email: EmailAddress;
  readonly days: number;
}

/** Makes a link inside a change; an earlier live link about the same thing ends. */
export async function makeLink(change: Change, { kind, subjectId, email, days }: LinkOrder): Promise<LinkId> {
  const id = change.newId('link');
  const expiresAt = new Date(change.at.getTime() + days * DAY_MILLISECONDS);
  const link = { id, kind, subjectId, email, createdAt: change.at, expiresAt };
  do await endLiveLinks(change.db, { kind, subjectId, at: change.at });
  while (!(await insertLink(change.db, link)));
  return id;
}

/**
 * Makes a link like an earlier one that never reached anybody, to work as long from now on.
 *
 * @throws AppError `linkUsed` or `linkEnded`: whatever that one was about has gone on without it.
 */
export async function remakeLink(change: Change, linkId: LinkId): Promise<LinkId> {
  const link = await findLink(change.db, linkId);
  if (!link) throw new AppError('linkUnknown');
  if (link.usedAt) throw new AppError('linkUsed');
  if (link.endedAt) throw new AppError('linkEnded');
  const days = (link.expiresAt.getTime() - link.createdAt.getTime()) / DAY_MILLISECONDS;
  return makeLink(change, { kind: link.kind, subjectId: link.subjectId, email: link.email, days });
}

/** Ends the live link about a thing, such as when its invitation is withdrawn. */
export async function endLink(change: Change, kind: LinkKind, subjectId: string): Promise<void> {
  await endLiveLinks(change.db, { kind, subjectId, at: change.at });
}

/**
 * The secret of a link: HMAC-SHA256 of its id under the server's key, base64url.
 *
 * It follows from the id, so a repeated mail carries the same one and no table holds it.
 */
export function secretOfLink(serverKey: Buffer, linkId: LinkId): string {
  return createHmac('sha256', serverKey).update(`link ${linkId}`).digest('base64url');
}

/** The address that a mail carries. The secret stands in the fragment, which browsers send to nobody. */
export function addressOfLink({ settings, serverKey }: Pick<Ground, 'settings' | 'serverKey'>, linkId: LinkId): string {
  return `${settings.publicUrl}/l/${linkId}#${secretOfLink(serverKey, linkId)}`;
}

/**
 * The link that somebody presents with its secret, live or not. It changes nothing but the count of wrong tries, and
 * stands outside any transaction, so that the count stays when the caller gives up.
 *
 * @throws AppError `linkUnknown` for a wrong id or secret alike.
 */
export async function proveLink(ground: Ground, linkId: LinkId, secret: string): Promise<Link> {
  const link = await findLink(ground.db, linkId);
  if (!link || link.wrongTries >= MAX_WRONG_TRIES) throw new AppError('linkUnknown');
  if (isSecretOf(ground.serverKey, link.id, secret)) return link;
  await countWrongTry(ground.db, link.id);
  throw new AppError('linkUnknown');
}

/**
 * {@link proveLink} for a link that must be live.
 *
 * @throws AppError `linkUnknown`, `linkExpired`, `linkUsed`, `linkEnded`.
 */
export async function readLink(ground: Ground, linkId: LinkId, secret: string): Promise<Link> {
  return requireLive(await proveLink(ground, linkId, secret), ground.clock.now());
}

/**
 * Uses up a link that {@link proveLink} has proven, together with the work that it is for: of two who use it at once,
 * the second waits and finds it used.
 *
 * Whoever changes a thing holds that thing's lock and then ends its links, so the link's own row is locked last here
 * too; until then an advisory lock keeps its users in line.
 */
export async function useLink<T>(change: Change, linkId: LinkId, work: (link: Link) => Promise<T>): Promise<T> {
  const result = await work(await holdLink(change, linkId));
  await finishLink(change, linkId);
  return result;
}

/** Uses up a link that was held, once its work is done. */
export async function finishLink(change: Change, linkId: LinkId): Promise<void> {
  if (!(await markLinkUsed(change.db, linkId, change.at))) throw new AppError('linkEnded');
}

/** The live link inside a change, for one that works more than once, such as an offer's. */
export async function holdLink(change: Change, linkId: LinkId): Promise<Link> {
  await lockLinkUse(change.db, linkId);
  return requireLive(await findLink(change.db, linkId), change.at);
}

/** The link about a thing that nobody has used or ended; its time may be over. */
export async function findLiveLink(db: Db, kind: LinkKind, subjectId: string): Promise<Link | undefined> {
  return findOpenLink(db, kind, subjectId);
}

function isSecretOf(serverKey: Buffer, linkId: LinkId, secret: string): boolean {
  const expected = Buffer.from(secretOfLink(serverKey, linkId));
  const given = Buffer.from(secret);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function requireLive(link: Link | undefined, now: Date): Link {
  if (!link) throw new AppError('linkUnknown');
  if (link.usedAt) throw new AppError('linkUsed');
  if (link.endedAt) throw new AppError('linkEnded');
  if (link.expiresAt <= now) throw new AppError('linkExpired');
  return link;
}
