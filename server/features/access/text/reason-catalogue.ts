import type { AccessReason } from '../../../../contract/access.ts';

/** A reason that somebody can act on; `held` needs no words. */
export type ToldReason = Exclude<AccessReason, 'held'>;
/** What the person in front of the application can do, one text for each reason. */
export type ReasonCatalogue = Readonly<Record<ToldReason, string>>;
