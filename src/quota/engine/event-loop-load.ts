import { performance, type EventLoopUtilization } from 'node:perf_hooks';

/** How long a look is good for, in milliseconds. */
const GOOD_FOR_MS = 100;
/** The share of the time from which on the event loop has none to spare. */
const BUSY = 0.85;

/** Whether this process's own work takes up its time, as Node measures it (`performance.eventLoopUtilization`). */
export class EventLoopLoad {
  private last: EventLoopUtilization;
  private lookAgainAt: number;
  private busy = false;

  constructor(private readonly node: Pick<typeof performance, 'now' | 'eventLoopUtilization'> = performance) {
    this.last = node.eventLoopUtilization();
    this.lookAgainAt = node.now() + GOOD_FOR_MS;
  }

  /** Cheap enough to be asked for every request. */
  isBusy(): boolean {
    const now = this.node.now();
    if (now < this.lookAgainAt) return this.busy;
    const current = this.node.eventLoopUtilization();
    this.busy = this.node.eventLoopUtilization(current, this.last).utilization > BUSY;
    this.last = current;
    this.lookAgainAt = now + GOOD_FOR_MS;
    return this.busy;
  }
}
