import { readFile, rm, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { checkArchive } from '../../server/features/backup/archive-check.ts';
import { BackupError } from '../../server/features/backup/backup-error.ts';
import { checkRecord } from '../../server/features/record/record-check.service.ts';
import type { Chance } from '../chance.ts';
import type { EmptyMachine } from './machines.ts';

/** A fault that somebody, or a disk, has caused; answers whether it was reported. */
interface Planted {
  readonly what: string;
  plant(): Promise<boolean>;
}

/** Spoils copies of a backup and rows of a restored database, each in one place, and answers what went unnoticed. */
export async function plantFaults(
  { file, machine }: { file: string; machine: EmptyMachine },
  chance: Chance,
): Promise<{ planted: number; violations: string[] }> {
  const faults = [...faultsOfFile(file, chance), ...faultsOfRecord(machine, chance)];
  const violations: string[] = [];
  for (const { what, plant } of faults) if (!(await plant())) violations.push(`nobody noticed ${what}`);
  return { planted: faults.length, violations };
}

/** The first bytes of a gzip file say when and on what system it was packed, and nothing of what is in it. */
const HEAD_BYTES = 10;

function faultsOfFile(file: string, chance: Chance): Planted[] {
  const spoil = async (change: (bytes: Buffer) => Buffer): Promise<boolean> => {
    const spoilt = `${file}.spoilt`;
    await writeFile(spoilt, change(await readFile(file)));
    const isReported = await checkArchive(spoilt).then(
      () => false,
      (error: unknown) => error instanceof BackupError,
    );
    await rm(spoilt);
    return isReported;
  };
  return [
    {
      what: 'one bit of the file that was changed',
      plant: () =>
        spoil((bytes) => {
          for (;;) {
            const spoilt = Buffer.from(bytes);
            const place = HEAD_BYTES + chance.below(bytes.length - HEAD_BYTES);
            spoilt[place] = (spoilt[place] ?? 0) ^ (1 << chance.below(8));
            if (!saysTheSame(spoilt, bytes)) return spoilt;
          }
        }),
    },
    { what: 'a file that was cut off', plant: () => spoil((bytes) => bytes.subarray(0, chance.below(bytes.length))) },
    {
      what: 'a piece that is missing in the file',
      plant: () =>
        spoil((bytes) => {
          const place = HEAD_BYTES + chance.below(bytes.length - HEAD_BYTES - 1);
          return Buffer.concat([bytes.subarray(0, place), bytes.subarray(place + 1)]);
        }),
    },
  ];
}

/** Some bits of a packed file say the same in another way: where two places hold the same text, which of them is repeated. */
function saysTheSame(spoilt: Buffer, whole: Buffer): boolean {
  try {
    return gunzipSync(spoilt).equals(gunzipSync(whole));
  } catch {
    return false; // it cannot be unpacked any more
  }
}

function faultsOfRecord(machine: EmptyMachine, chance: Chance): Planted[] {
  /** Changes one event behind the server's back, and puts it right again. */
  const spoil = (change: string) => async (): Promise<boolean> => {
    const events = await machine.query<{ stream: string; number: number }>(
      'select stream_id as stream, number::int as number from event order by stream_id, number',
    );
    const event = chance.pick(events);
    if (!event) return false;
    const where = `where stream_id = '${event.stream}' and number = ${event.number}`;
    await machine.query(`
      set session_replication_role = 'replica';
      create table kept as select * from event ${where};
      ${change} ${where}`);
    const { broken } = await checkRecord(machine.url);
    await machine.query(`
      set session_replication_role = 'replica';
      delete from event ${where}; insert into event table kept; drop table kept`);
    return broken?.streamId === event.stream && broken.number === event.number;
  };
  return [
    { what: 'an event that is gone', plant: spoil('delete from event') },
    { what: 'an event with another actor', plant: spoil(`update event set actor_id = 'acc_0'`) },
    { what: 'an event with another moment', plant: spoil(`update event set at = at + interval '1 ms'`) },
    { what: 'an event with other data', plant: spoil(`update event set data = data || '{"more": 1}'`) },
  ];
}
