/**
 * Why a lease that is kept does not count.
 *
 * `clockSetBack`: the clock of the device is before a moment that is known to be over. `leaseOfAnotherDevice`: it is bound
 * to another device's key, or the files came from another machine. `cacheTampered`: what is kept was changed by somebody else.
 * `wrongKey`: signed with a key that is not known or not trusted. `leaseExpired`: it has ended. `leaseInvalid`: it is no
 * lease, or not for this application. `leaseRevoked`: a status list names it, or the server
 * has said no to it.
 */
export const leaseRefusals = [
  'clockSetBack',
  'leaseOfAnotherDevice',
  'cacheTampered',
  'wrongKey',
  'leaseExpired',
  'leaseInvalid',
  'leaseRevoked',
] as const;

export type LeaseRefusal = (typeof leaseRefusals)[number];

/** Whether something is a refusal and not what was asked for. */
export function isRefusal(value: unknown): value is LeaseRefusal {
  return leaseRefusals.some((refusal) => refusal === value);
}
