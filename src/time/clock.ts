/**
 * Business time. Everything that money or quota depends on asks this clock and passes the answer into SQL
 * as a parameter, so that a test can live through years; the database's own time is used for leases only.
 */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
