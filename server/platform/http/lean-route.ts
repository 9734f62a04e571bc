import type { Endpoint } from '../../../contract/endpoint.ts';
import { AppError } from '../app-error.ts';
import type { ServiceCaller } from '../caller.ts';
import type { Log } from '../log.ts';
import { whenReady } from '../when-ready.ts';
import type { FindService } from './authenticate.ts';
import { bearerOf } from './authenticate.ts';
import type { BodyRoom } from './body-room.ts';
import type { ClientAddress } from './client-address.ts';
import { requireHost } from './host-check.ts';

/** Answers the body of a request whose head was let in, as JSON text and at once where it can. @throws AppError */
export type LeanAnswer = (body: unknown) => string | Promise<string>;

/**
 * An address that applications ask thousands of times a second with a POST of JSON.
 *
 * It answers text and reads the body by itself; `lean-listener.ts` serves it on the socket, `lean-mount.ts` in process.
 */
export interface LeanRoute {
  readonly endpoint: Endpoint & { readonly method: 'POST' };
  readonly limitBytes: number;
  /**
   * Decides by the head alone whether a request goes on, so that a stranger cannot make the server hold a body.
   *
   * @throws AppError whatever is wrong with who asks.
   */
  open(head: LeanHead): LeanAnswer | Promise<LeanAnswer>;
}

/** A lean address for applications with their service key. */
export interface ServiceRoute {
  readonly endpoint: Endpoint & { readonly method: 'POST'; readonly access: 'service' };
  readonly limitBytes: number;
  /** @throws AppError whatever the caller did wrong. */
  answer(caller: ServiceCaller, body: unknown): string | Promise<string>;
}

export interface LeanOptions {
  readonly log: Log;
  /** The network address of the client, for the log. */
  readonly clientAddress: ClientAddress;
  /** The one host name to answer under; any where it is undefined. */
  readonly publicHost?: string | undefined;
  readonly bodyRoom: BodyRoom;
}

/** The head of a request, as far as it is asked for. */
export interface LeanHead {
  readonly host: string | undefined;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
  /** The proof of the device's key (RFC 9449 section 4.1). */
  readonly dpop: string | undefined;
}

/**
 * A service's address as a lean route.
 *
 * Its head is refused by `applicationUnknown`, or by `accessRequestInvalid` for another media type.
 */
export function serviceRoute({ answer, ...route }: ServiceRoute, findService: FindService): LeanRoute {
  return {
    ...route,
    open({ authorization, contentType }) {
      const key = bearerOf(authorization);
      const found = key === undefined ? undefined : findService(key);
      return whenReady(found, (caller) => {
        if (!caller) throw new AppError('applicationUnknown');
        if (!isJson(contentType)) throw new AppError('accessRequestInvalid', { detail: 'Send application/json.' });
        return (body: unknown) => answer(caller, body);
      });
    },
  };
}

/** Opens a route by the head of a request. @throws AppError `wrongHost`, and whatever the route throws. */
export function admit(route: LeanRoute, head: LeanHead, { publicHost }: LeanOptions): LeanAnswer | Promise<LeanAnswer> {
  if (publicHost !== undefined) requireHost(head.host ?? '', publicHost);
  return route.open(head);
}

/**
 * Answers what was sent.
 *
 * @throws AppError `malformedJson`, and whatever the route throws.
 */
export function answerBytes(answer: LeanAnswer, bytes: Buffer): string | Promise<string> {
  return answer(parse(bytes));
}

/** Whether a media type is JSON's. */
export const isJson = (type: string | undefined): boolean =>
  type === 'application/json' || /^application\/json\s*(;|$)/i.test(type ?? '');

/** Bodies up to this size are parsed unseen: whatever stands in them costs little. */
const UNSEEN_BYTES = 128 * 1024;
/** Ten thousand evaluations with every member written out have a third of this. */
const MOST_VALUES = 500_000;

function parse(bytes: Buffer): unknown {
  if (bytes.length > UNSEEN_BYTES && countValues(bytes) > MOST_VALUES) {
    throw new AppError('accessRequestInvalid', { detail: `At most ${MOST_VALUES} values are taken.` });
  }
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new AppError('malformedJson', { cause });
  }
}

/** At least the number of values in a JSON text; eight megabytes of brackets alone would take half a gigabyte to parse. */
function countValues(bytes: Buffer): number {
  let count = 0;
  // By its index a byte costs a nanosecond, by the buffer's iterator ten.
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === 0x7b || byte === 0x5b || byte === 0x2c) count += 1;
  }
  return count;
}
