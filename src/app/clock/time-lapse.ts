import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { DueWork } from '../../jobs/due-work.js';
import { SharedShift } from '../../time/shared-shift.js';
import { ShiftedClock } from '../../time/shifted-clock.js';

const DAY_MS = 86_400_000;
/** A longer move takes longer steps, so that ten years pass within a request's patience. */
const MAX_STEPS = 400;

/**
 * Lets business time pass: in steps of a day, doing after each what is due by then, so that what follows from what
 * (a reminder, the end, what comes after it) happens in its order and at its time.
 */
@Injectable()
export class TimeLapse {
  /** One move at a time. */
  private readonly turn = pLimit(1);

  constructor(
    private readonly clock: ShiftedClock,
    private readonly shift: SharedShift,
    private readonly due: DueWork,
  ) {}

  /**
   * @param target the business time to be, by the present one
   * @returns how much of each kind of work was done
   */
  pass(target: (now: Date) => Date): Promise<Record<string, number>> {
    return this.turn(() => this.passTo(target(this.clock.now())));
  }

  private async passTo(target: Date): Promise<Record<string, number>> {
    const ran: Record<string, number> = {};
    const from = this.clock.shiftMs;
    const distance = Math.max(0, target.getTime() - this.clock.now().getTime());
    const step = Math.max(DAY_MS, Math.ceil(distance / MAX_STEPS));
    let passed = 0;
    do {
      passed = Math.min(passed + step, distance);
      await this.shift.raise(from + passed);
      for (const [name, count] of Object.entries(await this.due.runAll())) {
        ran[name] = (ran[name] ?? 0) + count;
      }
    } while (passed < distance);
    return ran;
  }
}
