import { z } from 'zod';
import { refusedReasons } from '../domain/entitlement.ts';
import type { ErrorCode } from './error-code.ts';
import { errorCodes } from './error-code.ts';

// The keys of the closed table are its codes; Object.keys types them as plain strings.
const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]];

/** An error answer as RFC 9457 describes it, with the product's closed `code`. Details hold ids, never names or addresses. */
export const problem = z
  .object({
    type: z.string().describe('A URI that identifies the code.'),
    title: z.string(),
    status: z.int(),
    code: z.enum(codes),
    detail: z.string().optional(),
    fields: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('The fields that are wrong, with the reason of each.'),
    reason: z.enum(refusedReasons).optional().describe('Why the account is not entitled, for `leaseRefused`.'),
    retryAfterSeconds: z.int().optional(),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problem>;
