/** What a finding is about: dates, names, a moment. */
export type WhyData = Readonly<Record<string, unknown>>;

/** One thing that the answer depends on, and what was found. */
export interface WhyCheck {
  /** `account`, `invitation`, `membership`, `licence`, `otherTeam`, `term`, `order`, `lease`, `clock`, `contact`. */
  readonly check: string;
  readonly state: 'ok' | 'problem' | 'unknown';
  readonly code: string;
  readonly data: WhyData;
  /** The finding in English. */
  readonly text: string;
}

/** The one thing to do. */
export interface WhyRemedy {
  readonly code: string;
  readonly data: WhyData;
  /** What to do in English. */
  readonly text: string;
}

/** A finding without its words. */
export type Finding = Omit<WhyCheck, 'text'>;
