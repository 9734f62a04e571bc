import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { OpenedLink } from '../../../contract/link.ts';
import { LoadingPage } from '../../components/loading.tsx';
import { ClaimLink } from './claim-link.tsx';
import { CompleteOrderLink } from './complete-order-link.tsx';
import { ConfirmLink } from './confirm-link.tsx';
import { DeadLink } from './dead-link.tsx';
import { DisputeLink } from './dispute-link.tsx';
import { InvitationLink } from './invitation-link.tsx';
import { JoinLink } from './join-link.tsx';
import { useKeptLanguage } from './link-language.ts';
import { takeSecret } from './link-secret.ts';
import { OfferLink } from './offer-link.tsx';
import type { LinkProof } from './opened-link.ts';
import { useOpenedLink } from './opened-link.ts';
import { ResetLink } from './reset-link.tsx';

const route = getRouteApi('/plain/l/$linkId');

/** What a link from a mail opens. Nothing happens without a click: mail programs open links by themselves. */
export function LinkPage() {
  const { linkId } = route.useParams();
  return <Link key={linkId} linkId={linkId} />;
}

function Link({ linkId }: { linkId: string }) {
  const [secret] = useState(() => takeSecret(linkId));
  const { history } = useRouter();
  // The secret leaves the address before anybody can copy, share or photograph it.
  useEffect(() => {
    if (window.location.hash) history.replace(window.location.pathname);
  }, [history]);
  return secret ? <OpenLink linkId={linkId} secret={secret} /> : <DeadLink code="linkUnknown" />;
}

function OpenLink(proof: LinkProof) {
  const { data, error, refetch } = useOpenedLink(proof);
  useKeptLanguage(proof.linkId, data !== undefined);
  if (data) return <LinkOfKind opened={data} proof={proof} />;
  if (error) return <DeadLink error={error} onRetry={() => void refetch()} />;
  return <LoadingPage />;
}

function LinkOfKind({ opened, proof }: { opened: OpenedLink; proof: LinkProof }) {
  switch (opened.kind) {
    case 'offer':
      return <OfferLink opened={opened} proof={proof} />;
    case 'dispute':
      return <DisputeLink opened={opened} proof={proof} />;
    case 'completeOrder':
      return <CompleteOrderLink opened={opened} proof={proof} />;
    case 'claimTeam':
      return <ClaimLink opened={opened} proof={proof} />;
    case 'joinCustomer':
      return <JoinLink opened={opened} proof={proof} />;
    case 'invitation':
      return <InvitationLink opened={opened} proof={proof} />;
    case 'confirmAccount':
      return <ConfirmLink opened={opened} proof={proof} />;
    case 'resetPassword':
      return <ResetLink opened={opened} proof={proof} />;
  }
}
