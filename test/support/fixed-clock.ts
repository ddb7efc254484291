import { Clock } from '../../src/time/clock.js';

/** Stands still until it is moved. */
export class FixedClock extends Clock {
  constructor(private at: Date | string) {
    super();
  }

  now(): Date {
    return new Date(this.at);
  }

  set(at: Date | string): void {
    this.at = at;
  }
}
