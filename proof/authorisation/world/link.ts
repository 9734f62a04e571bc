import type { LinkKind } from '../../../contract/link.ts';
import type { LinkId } from '../../../domain/id.ts';
import { secretOfLink } from '../../../server/features/link/link.service.ts';
import type { TestApp } from '../../../server/tests/harness/app.ts';

export interface LinkInHand {
  readonly linkId: LinkId;
  readonly secret: string;
}

/** The newest link about a thing, as whoever reads the mail has it in hand. */
export async function linkAbout({ ground }: TestApp, kind: LinkKind, subjectId: string): Promise<LinkInHand> {
  const { id } = await ground.db
    .selectFrom('link')
    .select('id')
    .where('kind', '=', kind)
    .where('subjectId', '=', subjectId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  return { linkId: id, secret: secretOfLink(ground.serverKey, id) };
}
