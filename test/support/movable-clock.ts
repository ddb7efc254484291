import { Clock } from '../../src/time/clock.js';

/** Runs with the machine's time, from which a test moves it away. */
export class MovableClock extends Clock {
  private offsetMs = 0;

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  forward(milliseconds: number): void {
    this.offsetMs += milliseconds;
  }

  to(moment: Date | string): void {
    this.offsetMs = new Date(moment).getTime() - Date.now();
  }
}
