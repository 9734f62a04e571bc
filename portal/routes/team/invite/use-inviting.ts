import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../../data/api.ts';
import { queryKeys } from '../../../data/query-key.ts';
import type { ManyResult } from '../licences/give-many.ts';
import { doForMany } from '../licences/give-many.ts';
import type { ProductColumn } from '../licences/table-actions.ts';
import type { InvitationOutcome, Invitee, InvitingSummary } from './inviting.ts';
import { sendInvitations } from './inviting.ts';

/** Where the sending of invitations stands. */
export interface Inviting {
  readonly step: 'sending' | 'reserving' | 'done';
  readonly done: number;
  readonly total: number;
  readonly summary?: InvitingSummary;
  readonly reserved?: ManyResult<unknown>;
  readonly product: ProductColumn | undefined;
}

/** Invites people and, where wanted, reserves a licence for each; survives nothing but tells everything. */
export function useInviting(teamId: string) {
  const client = useQueryClient();
  const [state, setState] = useState<Inviting>();

  const send = async (chunk: readonly Invitee[]): Promise<readonly InvitationOutcome[]> => {
    const idempotencyKey = crypto.randomUUID();
    const { results } = await api.inviteMembers({ teamId, body: { people: [...chunk] }, idempotencyKey });
    return results;
  };

  const reserve = (productId: string) => (memberId: string) =>
    api.giveLicence({ teamId, body: { productId, memberId }, idempotencyKey: crypto.randomUUID() });

  const start = async (people: readonly Invitee[], product: ProductColumn | undefined): Promise<void> => {
    const total = people.length;
    setState({ step: 'sending', done: 0, total, product });
    const summary = await sendInvitations(people, send, (done) => setState({ step: 'sending', done, total, product }));
    const ids = summary.invited.flatMap(({ memberId }) => memberId ?? []);
    const tellReserving = (done: number) => setState({ step: 'reserving', done, total: ids.length, summary, product });
    if (product && ids.length > 0) tellReserving(0);
    const reserved = product && (await doForMany(ids, reserve(product.productId), tellReserving));
    setState({ step: 'done', done: total, total, summary, product, ...(reserved ? { reserved } : {}) });
    await client.invalidateQueries({ queryKey: queryKeys.team(teamId) });
  };

  return { state, start, reset: () => setState(undefined) };
}
