import { whyEndpoints as e } from '../../../contract/why.ts';
import type { Ground } from '../../platform/ground.ts';
import { createRateLimit } from '../../platform/http/rate-limit.ts';
import type { Route } from '../../platform/http/route.ts';
import { explainMember, explainMine } from './why.service.ts';

const PER_MINUTE = { tries: 60, seconds: 60 };

/** "Why can't I work?", for oneself and for those who manage a team. */
export function whyRoutes(route: Route, ground: Ground): void {
  const byAccount = createRateLimit(ground.clock, PER_MINUTE);
  route(e.explainMine, async ({ caller, query, headers }) => {
    byAccount.take(caller.accountId);
    return explainMine(ground, caller, {
      productId: query.productId,
      teamId: query.teamId,
      clientTime: momentOf(query.clientTime ?? headers.get('date')),
    });
  });
  route(e.explainMember, ({ caller, params, query }) =>
    explainMember(ground, caller, { ...params, productId: query.productId }),
  );
}

/** The moment of a `Date` header (RFC 9110 section 6.6.1) or an ISO text; undefined where it is none. */
function momentOf(text: string | null): Date | undefined {
  const milliseconds = Date.parse(text ?? '');
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds);
}
