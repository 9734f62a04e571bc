import type { Language } from '../../contract/shape.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { dateIn } from '../../domain/calendar-date.ts';
import type { Db } from '../db/database.ts';
import type { Prepared } from '../db/prepared.ts';
import type { ChangeFeed } from '../projection/change-feed.ts';
import type { Clock } from './clock.ts';
import type { NewId } from './ids.ts';
import type { Jobs } from './jobs.ts';
import type { Log } from './log.ts';
import type { Pulse } from './pulse.ts';

/** What the vendor decides for its deployment, apart from products, prices and partners. */
export interface Settings {
  readonly vendorName: string;
  readonly accentColour: string;
  readonly languages: readonly Language[];
  readonly currency: string;
  readonly timeZone: string;
  readonly freeStorageBytes: number;
  readonly offerValidDays: number;
  readonly invitationDays: number;
  /** After so many days the next key signs leases. */
  readonly signingKeyDays: number;
  readonly publicUrl: string;
  readonly demo: boolean;
}

/** What every service stands on; it knows no feature. */
export interface Ground {
  readonly db: Db;
  /** The same database, for the statements that run all the time. */
  readonly prepared: Prepared;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly pulse: Pulse;
  /** The licences in memory, and whom to tell that something was committed. */
  readonly feed: ChangeFeed;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly settings: Settings;
  /** The key from which secrets of links are derived; 32 bytes. */
  readonly serverKey: Buffer;
}

/** The calendar date of this moment at the vendor. */
export function todayOf({ clock, settings }: Pick<Ground, 'clock' | 'settings'>): CalendarDate {
  return dateIn(settings.timeZone, clock.now());
}

const MINUTE_MILLISECONDS = 60_000;

/** The same for whoever asks all the time: dates begin with a minute in every zone, so it is worked out once a minute. */
export function todayEachMinute(ground: Pick<Ground, 'clock' | 'settings'>): () => CalendarDate {
  let minute = Number.NaN;
  let today = todayOf(ground);
  return () => {
    const now = Math.floor(ground.clock.now().getTime() / MINUTE_MILLISECONDS);
    if (now !== minute) {
      minute = now;
      today = todayOf(ground);
    }
    return today;
  };
}
