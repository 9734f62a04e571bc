import type { z } from 'zod';
import type { ErrorCode } from './error-code.ts';

/**
 * Who may call at all, before any role is asked.
 *
 * `public` nobody in particular, `session` somebody signed in to the portal, `token` a session or a signed-in
 * application, `link` the bearer of a link's secret, `service` an application with its service key.
 */
export type Access = 'public' | 'session' | 'token' | 'link' | 'service';

/** One address of the API: what it takes, what it answers and which problems it can give. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Path with parameters in braces, such as `/v1/teams/{teamId}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly access: Access;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Another request media type than JSON; the handler then gets the bytes. */
  readonly bodyType?: string;
  readonly response: z.ZodType;
  /** Status of success; 200 unless told. */
  readonly status?: 200 | 201 | 202;
  /** Whether it changes something and so takes `Idempotency-Key`. */
  readonly changes?: boolean;
  /** Whether it demands `If-Match` with the version that the caller read. */
  readonly conditional?: boolean;
  /** Whether the server reads the body by itself, so that nothing but its own codes answers what is wrong with it. */
  readonly lean?: boolean;
  /** Whether it demands a proof of the device's key in the header `DPoP` (RFC 9449). */
  readonly deviceProof?: boolean;
  readonly codes?: readonly ErrorCode[];
}

type Input<S> = S extends z.ZodType ? z.input<S> : unknown;
type Output<S> = S extends z.ZodType ? z.output<S> : unknown;

type Part<E, K extends string> = E extends Record<K, infer S> ? S : undefined;

export type ParamsOf<E extends Endpoint> = Part<E, 'params'> extends z.ZodType ? Output<Part<E, 'params'>> : object;
export type QueryOf<E extends Endpoint> = Part<E, 'query'> extends z.ZodType ? Output<Part<E, 'query'>> : object;
export type BodyOf<E extends Endpoint> = Part<E, 'body'> extends z.ZodType ? Output<Part<E, 'body'>> : undefined;
export type ResponseOf<E extends Endpoint> = z.output<E['response']>;

/** What a caller passes: path parameters by name, then `query`, `body`, `ifMatch` where the endpoint takes them. */
export type CallOf<E extends Endpoint> = (Part<E, 'params'> extends z.ZodType ? Input<Part<E, 'params'>> : object) &
  (Part<E, 'query'> extends z.ZodType ? { query?: Input<Part<E, 'query'>> } : object) &
  (Part<E, 'body'> extends z.ZodType
    ? E extends { bodyType: string }
      ? { body: Uint8Array<ArrayBuffer> | Blob }
      : { body: Input<Part<E, 'body'>> }
    : object) &
  (E extends { conditional: true } ? { ifMatch: number } : object) &
  (E extends { changes: true } ? { idempotencyKey?: string } : object) & { signal?: AbortSignal };

/** Gives an endpoint its exact type and checks that it is one. */
export function endpoint<const E extends Endpoint>(definition: E): E {
  return definition;
}
