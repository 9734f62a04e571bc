import type { Chance } from '../chance.ts';
import type { Office } from './office.ts';
import type { Call } from './open-loop.ts';

/** Out of a hundred calls; checks make up the rest. */
const SHARES = { give: 3, licences: 3, members: 2, own: 4 };

/** What comes in a usual day: applications ask most of the time, people look and hand out licences. */
export function mixOf(office: Office, chance: Chance): () => Call {
  const { teamId, ownerCookie, deviceToken } = office;
  const asOwner = { cookie: ownerCookie };
  const check = checkOf(office);
  const licences: Call = { kind: 'page', method: 'GET', path: `/v1/teams/${teamId}/licences`, headers: asOwner };
  const members: Call = { kind: 'page', method: 'GET', path: `/v1/teams/${teamId}/members`, headers: asOwner };
  const own: Call = {
    kind: 'own',
    method: 'GET',
    path: '/v1/me/entitlements',
    headers: { authorization: `Bearer ${deviceToken}` },
  };
  const calls: readonly (() => Call)[] = [
    ...Array.from({ length: SHARES.give }, () => () => handOver(office, chance) ?? check),
    ...Array.from({ length: SHARES.licences }, () => () => licences),
    ...Array.from({ length: SHARES.members }, () => () => members),
    ...Array.from({ length: SHARES.own }, () => () => own),
  ];
  return () => calls[chance.below(100)]?.() ?? check;
}

function checkOf({ teamId, serviceKey, holderEmail }: Office): Call {
  return {
    kind: 'check',
    method: 'POST',
    path: '/access/v1/evaluation',
    headers: { authorization: `Bearer ${serviceKey}` },
    body: JSON.stringify({
      subject: { type: 'account', id: holderEmail },
      action: { name: 'use' },
      resource: { type: 'product', id: 'share', properties: { team: teamId } },
    }),
    // Whoever is asked about has a licence all the time: a no in time is as bad as no answer.
    complaintAbout: (text) => (/^\{"decision":true\b/.test(text) ? undefined : `answered ${text.slice(0, 200)}`),
  };
}

/** Gives a licence to somebody who has none, or takes one back; undefined where everybody is busy with that already. */
function handOver(office: Office, chance: Chance): Call | undefined {
  const { teamId, productId, ownerCookie, holders, others } = office;
  const headers = { cookie: ownerCookie, 'idempotency-key': crypto.randomUUID() };
  const path = `/v1/teams/${teamId}/licences`;
  const take = chance.happens(0.5) && holders.shift();
  if (take) {
    const { memberId, licenceId } = take;
    const ended: Call['ended'] = (fate) => (fate === 'done' ? others.push(memberId) : holders.push(take));
    const body = JSON.stringify({ memberId });
    return { kind: 'hand over', method: 'POST', path: `${path}/${licenceId}/take`, headers, body, ended };
  }
  const memberId = others.shift();
  if (memberId === undefined) return undefined;
  const ended: Call['ended'] = (fate, text) => {
    // The server answers a give with the licence.
    if (fate === 'done') holders.push({ memberId, licenceId: JSON.parse(text).licence.id });
    else others.push(memberId);
  };
  const body = JSON.stringify({ productId, memberId });
  return { kind: 'hand over', method: 'POST', path: `${path}/give`, headers, body, ended };
}
