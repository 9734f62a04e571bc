import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { moment, page, pageQuery } from './shape.ts';

/** One line of the record: who did what when, in ids, with the names that those ids have today. */
export const recordEvent = z
  .object({
    streamId: z.string(),
    number: z.int(),
    at: moment,
    kind: z.string(),
    actor: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }),
    data: z.record(z.string(), z.unknown()),
    /** Names of the ids that `data` mentions, where the caller may see them. */
    names: z.record(z.string(), z.string()),
    hash: z.string(),
  })
  .meta({ id: 'RecordEvent' });
export type RecordEvent = z.infer<typeof recordEvent>;

export const recordEndpoints = {
  listRecord: endpoint({
    method: 'GET',
    path: '/v1/record',
    tag: 'Record',
    summary: 'Events that concern the caller, newest first; one stream with `streamId`',
    access: 'session',
    query: pageQuery.extend({
      streamId: z.string().max(60).optional().describe('A team, a customer, or `vendor`.'),
    }),
    response: page(recordEvent),
    codes: ['notFound'],
  }),
};
