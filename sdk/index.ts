export { memoryCache, type NamesakeCache } from './cache.ts';
export type { SignInPrompt } from './device-sign-in.ts';
export type { Account, AccountEntitlements, Entitlement, Team } from './entitlement.ts';
export type { Connection } from './entitlement-feed.ts';
export type { TrustedKeys } from './lease/key-ring.ts';
export type { LeaseInfo } from './lease/lease-info.ts';
export type { LeaseRefusal } from './lease/lease-refusal.ts';
export type { FetchedLease, LeaseImport, LeaseSubject, Leases } from './leases.ts';
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
export type { Offline, OwnReason, UseReason, UseSnapshot, UseState } from './use-state.ts';
export type { Why, WhyCheck, WhyData, WhyRemedy } from './why/why.ts';
