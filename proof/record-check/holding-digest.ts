import { createHash } from 'node:crypto';

/** A holding that is over. Moments as ISO 8601 in UTC with milliseconds. */
export interface ClosedHolding {
  readonly licenceId: string;
  readonly memberId: string;
  readonly givenAt: string;
  readonly givenBy: string;
  readonly takenAt: string;
  readonly takenBy: string;
}

/** 48 bits that stand for a holding: of a long history only their sum is kept. {@link closedHoldingDigestSql} is the same. */
export function digestOf(holding: ClosedHolding): bigint {
  const { licenceId, memberId, givenAt, givenBy, takenAt, takenBy } = holding;
  const text = [licenceId, memberId, givenAt, givenBy, takenAt, takenBy].join(' ');
  return BigInt(`0x${createHash('md5').update(text).digest('hex').slice(0, 12)}`);
}

const moment = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** {@link digestOf} for rows of `holding`. */
export const closedHoldingDigestSql = `('x' || left(md5(concat_ws(' ', licence_id, member_id, ${moment('given_at')}, given_by,
  ${moment('taken_at')}, taken_by)), 12))::bit(48)::bigint`;
