import type { NamesakeCache } from './cache.ts';
import type { SignInPrompt } from './device-sign-in.ts';
import type { TrustedKeys } from './lease/key-ring.ts';
import type { Fetch } from './server-link.ts';

/** Which server, and who asks. */
export interface NamesakeOptions {
  /** The server's address, such as `https://licences.example.com`. */
  readonly server: string;
  /** The application's id or key. */
  readonly application: string;
  /** Where the application runs, such as the machine's name. The person sees it when approving the sign-in. */
  readonly place?: string;
  /** Where to keep the token, the device's key and the leases. The platform's own place by default, memory in a browser. */
  readonly cache?: NamesakeCache;
  /** Replaces the global `fetch`, for a proxy or a test. */
  readonly fetch?: Fetch;
  /** The vendor's keys: then no lease counts that is signed with another one. */
  readonly trustedKeys?: TrustedKeys;
  /** The server's public address, where the application reaches it under another. */
  readonly issuer?: string;
  /** Takes a server without encryption that is not on this machine. */
  readonly allowInsecure?: boolean;
}

/** How to sign in. */
export interface SignInOptions {
  /** Shows the person the code and the address. */
  readonly onCode: (prompt: SignInPrompt) => void;
  readonly signal?: AbortSignal;
}

/** What to use. */
export interface UseOptions {
  /** The product's id or key. */
  readonly product: string;
  /** The team's id. May be left out by applications whose people are in one team as a rule. */
  readonly team?: string;
  /** Closes the use. */
  readonly signal?: AbortSignal;
}
