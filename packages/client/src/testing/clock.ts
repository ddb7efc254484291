import { addMonths } from './months.js';

export interface Span {
  months?: number;
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
}

/** Business time that only moves when a test says so. */
export class FakeClock {
  private at: number;

  constructor(start: Date) {
    this.at = start.getTime();
  }

  now(): Date {
    return new Date(this.at);
  }

  advance({ months = 0, days = 0, hours = 0, minutes = 0, seconds = 0 }: Span): Date {
    const later = addMonths(this.at, months);
    this.at = later + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
    return this.now();
  }
}
