import { receiptEndpoints as e } from '../../../contract/receipt.ts';
import type { Ground } from '../../platform/ground.ts';
import { createRateLimit } from '../../platform/http/rate-limit.ts';
import type { Route } from '../../platform/http/route.ts';
import { listReceipts, sendReceipt } from './receipt.service.ts';

const PER_MINUTE = { tries: 120, seconds: 60 };

/** Receipts of applications, counted for each device: a program in a loop disturbs nobody else. */
export function receiptRoutes(route: Route, ground: Ground): void {
  const byDevice = createRateLimit(ground.clock, PER_MINUTE);
  route(e.sendReceipt, async ({ caller, body }) => {
    byDevice.take(caller.kind === 'device' ? caller.tokenId : caller.accountId);
    return sendReceipt(ground, caller, body);
  });
  route(e.listReceipts, ({ caller, params }) => listReceipts(ground, caller, params.teamId));
}
