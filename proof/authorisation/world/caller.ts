import type { PartnerId } from '../../../domain/id.ts';
import type { Insider } from './place.ts';

/**
 * How somebody shows who it is.
 *
 * - `session` signed in to the portal, `noSession` by a cookie that ended or by none at all
 * - `device` a signed-in application, `noDevice` by a token that was revoked, has expired or never was
 * - `service` an application with its key, `noService` by a key that was ended
 */
export type Credential = 'session' | 'noSession' | 'device' | 'noDevice' | 'service' | 'noService';

/** Somebody who asks, with all that the table of expectations may ask about it. */
export interface Caller {
  readonly name: string;
  readonly credential: Credential;
  readonly headers: Readonly<Record<string, string>>;
  readonly email?: string;
  /** The name of its account. */
  readonly displayName?: string;
  readonly staff?: boolean;
  /** The partner that it is an agent of. */
  readonly partnerId?: PartnerId;
  /** Its roles, by the key of the place. */
  readonly roles?: Readonly<Record<string, Insider>>;
  /** The place where it was invited to or removed from, which it knows by name and no further. */
  readonly knows?: string;
}
