import { ShiftedClock } from '../../src/time/shifted-clock.js';

/** Runs with the machine's time, from which a test moves it away, backwards too. */
export class MovableClock extends ShiftedClock {
  forward(milliseconds: number): void {
    this.offsetMs += milliseconds;
  }

  to(moment: Date | string): void {
    this.offsetMs = new Date(moment).getTime() - Date.now();
  }
}
