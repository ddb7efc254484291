import { Clock } from './clock.js';

/** Runs with the machine's time, ahead of it by what it was shifted. */
export class ShiftedClock extends Clock {
  protected offsetMs = 0;

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /** Milliseconds ahead of the machine's time. */
  get shiftMs(): number {
    return this.offsetMs;
  }

  /** Business time never runs backwards: a smaller shift than the present one changes nothing. */
  shiftTo(offsetMs: number): void {
    this.offsetMs = Math.max(this.offsetMs, offsetMs);
  }
}
