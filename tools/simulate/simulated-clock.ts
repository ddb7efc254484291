import { Clock } from '../../src/time/clock.js';

/** Stands still until it is set. */
export class SimulatedClock extends Clock {
  constructor(private moment: Date) {
    super();
  }

  now(): Date {
    return new Date(this.moment);
  }

  set(moment: Date): void {
    this.moment = moment;
  }
}
