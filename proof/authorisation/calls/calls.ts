import type { CaseName } from '../table/expectations.ts';
import type { MakeCall } from './call.ts';
import { linkCalls } from './link-calls.ts';
import { ownCalls } from './own-calls.ts';
import { saleCalls } from './sale-calls.ts';
import { teamCalls } from './team-calls.ts';

/** How each thing is asked for rightly. */
export const calls: Readonly<Partial<Record<CaseName, MakeCall>>> = {
  ...ownCalls,
  ...teamCalls,
  ...saleCalls,
  ...linkCalls,
};
