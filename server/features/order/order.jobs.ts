import { z } from 'zod';
import { id } from '../../../contract/shape.ts';
import type { Ground } from '../../platform/ground.ts';
import type { JobKind } from '../../platform/jobs.ts';
import { failOrder, listUnfinishedOrders, provisionOrder, requeueStuckOrders } from './order-processing.service.ts';
import { PROCESS_ORDER } from './order-step.service.ts';

const payload = z.object({ orderId: id('ord') });

export function orderJobs(ground: Ground): JobKind[] {
  return [
    {
      name: PROCESS_ORDER,
      handle: (data) => provisionOrder(ground, payload.parse(data).orderId),
      // Eight tries in some four minutes: staff see it soon, and a database that fails over is back by then.
      retryLimit: 7,
      giveUp: (data, error) => failOrder(ground, payload.parse(data).orderId, error),
      owed: async () => (await listUnfinishedOrders(ground)).map((orderId) => ({ payload: { orderId } })),
    },
    { name: 'order-requeue', handle: () => requeueStuckOrders(ground), cron: '*/15 * * * *' },
  ];
}
