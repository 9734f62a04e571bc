import type { CalendarDate } from './calendar-date.ts';
import type { TeamId } from './id.ts';
import type { WhyCheckName, WhyCode, WhyState } from './why-code.ts';

/** What a finding is about: dates are calendar dates, moments ISO 8601 in UTC. */
export type WhyData = {
  readonly on?: CalendarDate;
  readonly until?: CalendarDate;
  readonly at?: string;
  readonly place?: string;
  readonly teamId?: TeamId;
  readonly teamName?: string;
  readonly orderNumber?: string;
  /** How far the person's clock is ahead of the server's. */
  readonly seconds?: number;
};

/** One check with what it found. */
export type WhyCheck = {
  readonly [Name in WhyCheckName]: {
    readonly check: Name;
    readonly state: WhyState;
    readonly code: WhyCode<Name>;
    readonly data: WhyData;
  };
}[WhyCheckName];
