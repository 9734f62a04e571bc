import { createHash, randomBytes } from 'node:crypto';
import type { AccountId, ApplicationId, ProductId } from '../../../domain/id.ts';
import { makeServiceKey } from '../../features/catalogue/application-key.service.ts';
import type { TestApp } from './app.ts';

/** A licensed application that may ask about these products. */
export async function makeApplication(
  app: TestApp,
  key: string,
  productIds: readonly ProductId[],
): Promise<ApplicationId> {
  const { db, newId } = app.ground;
  const id = newId('app');
  await db.insertInto('application').values({ id, key, name: key }).execute();
  await db
    .insertInto('applicationProduct')
    .values(productIds.map((productId) => ({ applicationId: id, productId })))
    .execute();
  await app.ground.feed.reload();
  return id;
}

/** The token of an application that an account is signed in to, as the device flow would issue it. */
export async function makeDeviceToken(
  app: TestApp,
  applicationId: ApplicationId,
  accountId: AccountId,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const { db, newId, clock } = app.ground;
  await db
    .insertInto('deviceToken')
    .values({
      id: newId('tok'),
      hash: createHash('sha256').update(token).digest(),
      accountId,
      applicationId,
      place: null,
      createdAt: clock.now(),
      expiresAt: new Date(clock.now().getTime() + 90 * 86_400_000),
      lastUsedAt: null,
      revokedAt: null,
    })
    .execute();
  return token;
}

export async function makeKey(app: TestApp, applicationKey: string): Promise<string> {
  const key = await makeServiceKey(app.ground, applicationKey);
  if (!key) throw new Error(`there is no application ${applicationKey}`);
  return key;
}
