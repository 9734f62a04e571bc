import { readFileSync } from 'node:fs';

// Loaded before a server (node --import): its wall clock goes wrong by the milliseconds that stand in the file which
// PROOF_CLOCK_FILE names, as soon as they are written there. The monotonic clock stays as it is.
const file = process.env.PROOF_CLOCK_FILE ?? '';
const RealDate = Date;
const LOOK_MILLISECONDS = 100;
let shift = 0;

setInterval(() => {
  try {
    shift = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    shift = 0; // nothing was written yet
  }
}, LOOK_MILLISECONDS).unref();

class ShiftedDate extends RealDate {
  constructor(...given: ConstructorParameters<typeof Date> | []) {
    if (given.length === 0) super(RealDate.now() + shift);
    else super(...given);
  }

  static override now(): number {
    return RealDate.now() + shift;
  }
}

globalThis.Date = ShiftedDate as DateConstructor;
