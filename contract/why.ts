import { z } from 'zod';
import type { WhyCheckName } from '../domain/why-code.ts';
import { remedyActors, remedyCodes, whyCodes, whyStates } from '../domain/why-code.ts';
import { endpoint } from './endpoint.ts';
import { entitlementReason } from './entitlement.ts';
import { productName } from './receipt.ts';
import { calendarDate, emailAddress, id, moment } from './shape.ts';

/** What a finding is about; each has the few fields that its text needs. */
const data = z
  .object({
    on: calendarDate.optional(),
    until: calendarDate.optional(),
    at: moment.optional(),
    place: z.string().optional(),
    teamId: id('team').optional(),
    teamName: z.string().optional(),
    orderNumber: z.string().optional(),
    /** How far the person's clock is ahead of the server's. */
    seconds: z.int().optional(),
  })
  .meta({ id: 'WhyData' });

function finding<Name extends WhyCheckName>(check: Name) {
  return z.object({ check: z.literal(check), state: z.enum(whyStates), code: z.enum(whyCodes[check]), data });
}

/** One check with its finding; the codes of each check are a closed list. */
export const whyCheck = z
  .discriminatedUnion('check', [
    finding('account'),
    finding('invitation'),
    finding('membership'),
    finding('licence'),
    finding('otherTeam'),
    finding('term'),
    finding('order'),
    finding('lease'),
    finding('clock'),
    finding('contact'),
  ])
  .meta({ id: 'WhyCheck' });
export type WhyCheck = z.infer<typeof whyCheck>;

/** The one thing to do, and who can do it. */
export const whyRemedy = z
  .object({
    code: z.enum(remedyCodes),
    data: z.object({
      by: z.enum(remedyActors),
      ownerName: z.string().optional(),
      partnerName: z.string().optional(),
      teamId: id('team').optional(),
      teamName: z.string().optional(),
    }),
  })
  .meta({ id: 'WhyRemedy' });
export type WhyRemedy = z.infer<typeof whyRemedy>;

/** Why a person may or may not use a product in a team, check by check. */
export const why = z
  .object({
    decision: z.boolean(),
    reason: entitlementReason,
    checks: z.array(whyCheck),
    remedy: whyRemedy.nullable(),
    person: z.object({ name: z.string(), email: emailAddress }),
    product: z.object({ id: id('prod'), key: z.string(), name: z.string() }),
    /** The team that was asked about; null where it is none of the person's. */
    team: z.object({ id: id('team'), name: z.string() }).nullable(),
    /** The server's own moment, to hold a clock against. */
    at: moment,
  })
  .meta({ id: 'Why' });
export type Why = z.infer<typeof why>;

/** The caller's clock, for whoever cannot send a `Date` header. */
const clientTime = moment.optional();

export const whyEndpoints = {
  explainMine: endpoint({
    method: 'GET',
    path: '/v1/me/why',
    tag: 'Why',
    summary:
      "Why the caller may or may not work: everything that it depends on, and the one thing to do. Without a product or team the caller's own that come nearest",
    access: 'token',
    query: z.object({ productId: productName.optional(), teamId: id('team').optional(), clientTime }),
    response: why,
    codes: ['notFound', 'tooManyRequests'],
  }),
  explainMember: endpoint({
    method: 'GET',
    path: '/v1/teams/{teamId}/members/{memberId}/why',
    tag: 'Why',
    summary: 'The same about one member, for those who manage the team’s licences; of this team alone',
    access: 'session',
    params: z.object({ teamId: id('team'), memberId: id('mem') }),
    query: z.object({ productId: productName.optional() }),
    response: why,
    codes: ['notFound', 'forbidden'],
  }),
};
