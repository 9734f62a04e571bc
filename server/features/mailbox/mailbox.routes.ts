import type { z } from 'zod';
import type { demoSignIn } from '../../../contract/deployment.ts';
import { deploymentEndpoints } from '../../../contract/deployment.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Route } from '../../platform/http/route.ts';
import { listMailbox, requireDemo } from './mailbox.service.ts';

/** What exists in a demo alone: its mails, and the accounts to try it with. */
export function mailboxRoutes(route: Route, ground: Ground, signIns: readonly z.infer<typeof demoSignIn>[]): void {
  route(deploymentEndpoints.listMailbox, ({ query }) => listMailbox(ground, query));
  route(deploymentEndpoints.listDemoSignIns, async () => {
    requireDemo(ground);
    return { items: [...signIns] };
  });
}
