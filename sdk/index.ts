export { memoryCache, type NamesakeCache } from './cache.ts';
export type { SignInPrompt } from './device-sign-in.ts';
export type { Account, Entitlement, Team } from './entitlement.ts';
export type { Connection } from './entitlement-feed.ts';
export {
  createNamesake,
  type Namesake,
  type NamesakeOptions,
  type SignInOptions,
  type UseOptions,
} from './namesake.ts';
export { NamesakeError, type NamesakeErrorCode } from './namesake-error.ts';
export type { ProductUse, ProductUseEvents } from './product-use.ts';
export type { Fetch } from './server-link.ts';
export type { OwnReason, UseReason, UseSnapshot, UseState } from './use-state.ts';
