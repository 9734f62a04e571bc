import { linkEndpoints } from '../../../contract/link.ts';
import type { LinkId } from '../../../domain/id.ts';
import type { AccountCaller, Nobody, Repeat } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { createAddressLimit } from '../../platform/http/rate-limit.ts';
import type { Route } from '../../platform/http/route.ts';
import type { Identity } from '../account/account.service.ts';
import type { Proven } from './link-account.service.ts';
import {
  acceptInvitationByLink,
  claimByLink,
  confirmByLink,
  joinCustomerByLink,
  resetByLink,
} from './link-account.service.ts';
import { openLink } from './link-open.service.ts';
import type { Presented } from './link-proof.ts';
import { acceptByLink, completeByLink, disputeByLink, rejectByLink } from './link-sale.service.ts';

export function linkRoutes(route: Route, ground: Ground, identity: Identity): void {
  const tries = createAddressLimit(ground.clock, { tries: 120, seconds: 300 });
  /** Counts who comes with a link that does not work; a whole office may open its invitations at the same time. */
  const counted: Route = (endpoint, handler, timing) =>
    route(endpoint, (request) => tries.takeUnlessDone(request.address, () => handler(request)), timing);
  counted(linkEndpoints.openLink, ({ caller, params, body }) => openLink(ground, caller, { ...params, ...body }));
  saleRoutes(counted, ground);
  accountRoutes(counted, ground, identity);
}

interface LinkRequest {
  readonly caller: AccountCaller | Nobody;
  readonly params: { readonly linkId: LinkId };
  readonly body: { readonly secret: string };
  readonly repeat: Repeat | undefined;
}

const present = ({ caller, params, body, repeat }: LinkRequest): Presented => ({
  linkId: params.linkId,
  secret: body.secret,
  caller,
  repeat,
});

function saleRoutes(route: Route, ground: Ground): void {
  route(linkEndpoints.acceptOffer, async (request) => {
    const { acceptedBy } = request.body;
    return acceptByLink(ground, { ...present(request), acceptedBy, version: request.ifMatch });
  });
  route(linkEndpoints.rejectOffer, async (request) => {
    const { reason } = request.body;
    return rejectByLink(ground, { ...present(request), reason, version: request.ifMatch });
  });
  route(linkEndpoints.disputeAcceptance, async (request) => disputeByLink(ground, present(request)));
  route(linkEndpoints.completeOrderByLink, async (request) => {
    const { teamName, ownerEmail, makeTeam } = request.body;
    return completeByLink(ground, { ...present(request), teamName, ownerEmail, makeTeam });
  });
}

function accountRoutes(route: Route, ground: Ground, identity: Identity): void {
  /** The session begins after the change has committed: until then there may be no account. */
  const signIn = async ({ caller, headers, address, setHeader }: SessionRequest, { accountId }: Proven) => {
    if (caller.kind === 'account' && caller.accountId === accountId) return;
    ground.log.info('signed in', { accountId, by: 'link', address });
    for (const cookie of await identity.startSession(accountId, headers)) setHeader('set-cookie', cookie);
  };

  route(linkEndpoints.confirmAccount, async (request) => {
    await signIn(request, await confirmByLink(ground, present(request)));
    return {};
  });
  route(linkEndpoints.resetPassword, async (request) => {
    const proven = await resetByLink(ground, identity, { ...present(request), password: request.body.password });
    ground.log.info('password changed', { accountId: proven.accountId, by: 'link' });
    // Even who was signed in as that very account was signed out with everybody else.
    await signIn({ ...request, caller: { kind: 'nobody' } }, proven);
    return {};
  });
  route(linkEndpoints.claimTeam, async (request) => {
    const claimed = await claimByLink(ground, identity, { ...present(request), account: request.body.account });
    await signIn(request, claimed);
    return { teamId: claimed.teamId };
  });
  route(linkEndpoints.joinCustomer, async (request) => {
    const { teamId } = await joinCustomerByLink(ground, present(request));
    return { teamId };
  });
  route(linkEndpoints.acceptInvitation, async (request) => {
    const joined = await acceptInvitationByLink(ground, identity, {
      ...present(request),
      account: request.body.account,
    });
    await signIn(request, joined);
    return { teamId: joined.teamId, revision: joined.revision };
  });
}

interface SessionRequest {
  readonly caller: AccountCaller | Nobody;
  readonly headers: Headers;
  readonly address: string;
  setHeader(name: string, value: string): void;
}
