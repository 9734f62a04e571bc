/** How much a state asks of whoever sees it. */
export type Tone = 'neutral' | 'active' | 'good' | 'waiting' | 'bad';

/** Every state that people see, with its tone; its text is `state.<kind>.<state>`. */
export const stateTones = {
  offer: {
    inProgress: 'neutral',
    pending: 'active',
    accepted: 'good',
    rejected: 'bad',
    cancelled: 'neutral',
    expired: 'neutral',
  },
  order: {
    acknowledged: 'active',
    pending: 'waiting',
    held: 'waiting',
    inProgress: 'active',
    completed: 'good',
    failed: 'bad',
    cancelled: 'neutral',
  },
  subscription: { active: 'good', grace: 'waiting', suspended: 'bad', terminated: 'neutral' },
  licence: { free: 'neutral', held: 'good', reserved: 'waiting' },
  member: { invited: 'waiting', accepted: 'good', removed: 'neutral' },
  notice: { queued: 'active', accepted: 'good', failed: 'bad', bounced: 'bad' },
  request: { waiting: 'waiting', confirmed: 'good', declined: 'neutral' },
} as const satisfies Record<string, Record<string, Tone>>;

export type StateKind = keyof typeof stateTones;
export type StateOf<Kind extends StateKind> = keyof (typeof stateTones)[Kind] & string;
