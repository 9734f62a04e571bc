import assert from 'node:assert/strict';
import type { MemberId, ProductId, TeamId } from '../../domain/id.ts';
import { newestLink } from '../../server/tests/harness/account-builder.ts';
import type { SignedIn, TestApp } from '../../server/tests/harness/app.ts';
import type { Market } from '../../server/tests/harness/sale-builder.ts';
import { makeAccepted, makeCustomer } from '../../server/tests/harness/sale-builder.ts';

/** A team that has come about as every team does: sold, claimed, filled by invitations. Every change of it is in the record. */
export interface SoldTeam {
  readonly teamId: TeamId;
  readonly productId: ProductId;
  readonly owner: SignedIn;
  readonly ownerMemberId: MemberId;
  readonly memberIds: readonly MemberId[];
  readonly invitedIds: readonly MemberId[];
}

let serial = 0;

export async function sellTeam(
  app: TestApp,
  { agent, share: productId }: Market,
  { licences, members, invited = 0 }: { licences: number; members: number; invited?: number },
): Promise<SoldTeam> {
  serial += 1;
  const ownerEmail = `owner${serial}@sold.example`;
  const { id: customerId } = await makeCustomer(agent);
  const { id: offerId } = await makeAccepted(agent, { customerId, productId, quantity: licences });
  const { id: teamId } = await agent.makeTeam({ body: { name: `Sold ${serial}`, customerId, ownerEmail } });
  await agent.placeOrder({ body: { offerId, teamId } });
  const owner = await app.as(ownerEmail);
  // The newest mail is of the order, and leads to the same link.
  await owner.claimTeam(await newestLink(app, ownerEmail));
  const emails = Array.from({ length: members + invited }, (_, index) => `p${index}@sold${serial}.example`);
  const { results } = await owner.inviteMembers({ teamId, body: { people: emails.map((email) => ({ email })) } });
  const ids = results.map(({ memberId }) => memberId ?? assert.fail('was not invited'));
  for (const email of emails.slice(0, members)) {
    await (await app.as(email)).acceptInvitation(await newestLink(app, email));
  }
  const { owner: seen } = await owner.getTeam({ teamId });
  return {
    teamId,
    productId,
    owner,
    ownerMemberId: seen.memberId,
    memberIds: ids.slice(0, members),
    invitedIds: ids.slice(members),
  };
}
