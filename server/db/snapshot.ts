import type { Db } from './database.ts';

/**
 * Reads as of one moment: every query of the work sees the same snapshot of the database, taken at the first of them, and none
 * of them writes.
 */
export const inSnapshot = <T>(db: Db, work: (snapshot: Db) => Promise<T>): Promise<T> =>
  db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
