import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, moment } from './shape.ts';

/** A lease as it is issued. The JWT carries everything; the rest is said again for whoever only plans the next renewal. */
export const issuedLease = z
  .object({
    /** The signed lease: a JWT, `typ` `lease+jwt`, EdDSA, bound to the device's key by `cnf.jkt` (RFC 7800, RFC 9449). */
    lease: z.string(),
    leaseId: id('lease'),
    /** The team's revision that the lease stands at. */
    revision: z.int(),
    issuedAt: moment,
    /** The moment from which a renewal is wanted; spread at random, so that offices do not come all at once. */
    renewAfter: moment,
    expiresAt: moment,
  })
  .meta({ id: 'IssuedLease' });
export type IssuedLease = z.infer<typeof issuedLease>;

const leaseFields = {
  leaseId: id('lease'),
  teamId: id('team'),
  productId: id('prod'),
  productName: z.string(),
  applicationName: z.string(),
  /** What the application said of its place, such as a host name; not verified. */
  place: z.string().nullable(),
  issuedAt: moment,
  /** Until then the application can run without network. */
  expiresAt: moment,
  /** Whether the status list names it as revoked: it ends as soon as the application has contact. */
  revoked: z.boolean(),
};

/** A lease of the calling account that has not ended. */
export const myLease = z.object({ ...leaseFields, teamName: z.string() }).meta({ id: 'MyLease' });
export type MyLease = z.infer<typeof myLease>;

/** A lease of somebody in a team that has not ended. */
export const teamLease = z.object({ ...leaseFields, memberId: id('mem') }).meta({ id: 'TeamLease' });
export type TeamLease = z.infer<typeof teamLease>;

/** A public key that verifies leases and status lists (RFC 7517, RFC 8037). */
export const publicKey = z
  .object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string(),
    kid: id('key'),
    use: z.literal('sig'),
    alg: z.literal('EdDSA'),
  })
  .meta({ id: 'PublicKey' });
export type PublicKey = z.infer<typeof publicKey>;

export const leaseEndpoints = {
  issueLease: endpoint({
    method: 'POST',
    path: '/v1/me/leases',
    tag: 'Lease',
    summary: 'Issues a lease to a signed-in application; the header `DPoP` proves its device key (RFC 9449)',
    access: 'token',
    body: z.object({
      /** Id or key of one of the application's products. */
      productId: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'expected the id or key of a product'),
      teamId: id('team'),
      /** The signed request of a device without network, for which the caller gets the lease: a JWS, `typ` `lease-request+jwt`. */
      deviceRequest: z.string().max(2048).optional(),
    }),
    response: issuedLease,
    deviceProof: true,
    codes: ['invalidDpopProof', 'leaseRefused', 'signingUnavailable', 'tooManyRequests'],
  }),
  listMyLeases: endpoint({
    method: 'GET',
    path: '/v1/me/leases',
    tag: 'Lease',
    summary: "The account's leases that have not ended, the newest of each device, team and product",
    access: 'session',
    response: z.object({ items: z.array(myLease) }),
  }),
  listTeamLeases: endpoint({
    method: 'GET',
    path: '/v1/teams/{teamId}/leases',
    tag: 'Lease',
    summary: 'Who of a team can run offline until when, for those who manage its licences',
    access: 'session',
    params: z.object({ teamId: id('team') }),
    query: z.object({ memberId: id('mem').optional(), productId: id('prod').optional() }),
    response: z.object({ items: z.array(teamLease) }),
    codes: ['notFound', 'forbidden'],
  }),
  getPublicKeys: endpoint({
    method: 'GET',
    path: '/.well-known/jwks.json',
    tag: 'Lease',
    summary: 'The keys that verify leases and status lists (RFC 7517)',
    access: 'public',
    response: z.object({ keys: z.array(publicKey) }),
    codes: ['signingUnavailable'],
  }),
};
