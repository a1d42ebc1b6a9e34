/**
 * Loaded before everything else by processes of tests (moved-clock.ts): their Dates are off by as much as the file says.
 * Only Date is moved; timers and durations are those of the machine.
 */
import { readFileSync } from "node:fs";

const LOOK_AGAIN_MS = 5;
const file = process.env.WAYMARK_TEST_CLOCK;
const MachineDate = globalThis.Date;
let movedBy = 0;
let looked = Number.NEGATIVE_INFINITY;

function findMove() {
  if (performance.now() - looked > LOOK_AGAIN_MS) {
    movedBy = Number(readFileSync(file, "utf8"));
    looked = performance.now();
  }
  return movedBy;
}

class MovedDate extends MachineDate {
  constructor(...given) {
    super(...(given.length === 0 ? [MovedDate.now()] : given));
  }

  static now() {
    return MachineDate.now() + findMove();
  }
}

if (file !== undefined) globalThis.Date = MovedDate;
