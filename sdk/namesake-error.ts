/**
 * What can go wrong for an application, as a closed set that it can switch on.
 *
 * A licence that is missing is no error: it is a state of a `ProductUse`.
 */
export type NamesakeErrorCode =
  | 'notSignedIn'
  | 'signInDeclined'
  | 'signInExpired'
  | 'applicationUnknown'
  | 'notFound'
  | 'refused'
  | 'unreachable'
  | 'unreadable'
  | 'closed';

const texts: Record<NamesakeErrorCode, string> = {
  notSignedIn: 'Nobody is signed in to this application.',
  signInDeclined: 'The sign-in was declined on the device page.',
  signInExpired: 'The sign-in code ended before anybody approved it.',
  applicationUnknown: 'The server does not know this application.',
  notFound: 'The server does not know what was asked for.',
  refused: 'The server refused the request.',
  unreachable: 'The server does not answer.',
  unreadable: 'The server answered with something that is not understood.',
  closed: 'This use of the product was closed.',
};

/** What an error may carry besides its code. */
export interface NamesakeErrorDetails {
  /** Replaces the code's own text. */
  readonly message?: string;
  readonly cause?: unknown;
  /** The HTTP status, when a server answered. */
  readonly status?: number;
  /** The `code` of the server's problem (RFC 9457) or the `error` of OAuth. */
  readonly problemCode?: string;
  /** Why a lease was refused, in the words of `UseReason`. */
  readonly reason?: string;
  /** The seconds of the server's `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** The error of the SDK. Only the reason of an `AbortSignal` and the errors of a cache pass as they are. */
export class NamesakeError extends Error {
  override readonly name = 'NamesakeError';
  readonly code: NamesakeErrorCode;
  readonly status: number | undefined;
  readonly problemCode: string | undefined;
  readonly reason: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: NamesakeErrorCode, details: NamesakeErrorDetails = {}) {
    super(details.message ?? texts[code], { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.problemCode = details.problemCode;
    this.reason = details.reason;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}
