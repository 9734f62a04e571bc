import type { Member } from '../../../../contract/team.ts';

/** What is asked once more before it happens to a person. */
export interface PersonQuestion {
  readonly kind: 'withdraw' | 'remove' | 'leave' | 'offerOwnership';
  readonly member: Member;
}
