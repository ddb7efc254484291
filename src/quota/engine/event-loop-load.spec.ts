import { performance, type EventLoopUtilization } from 'node:perf_hooks';
import { EventLoopLoad } from './event-loop-load.js';

/** A process of which is told how long it worked and how long it waited, in milliseconds. */
function process() {
  let active = 0;
  let idle = 0;
  const node = {
    now: () => active + idle,
    eventLoopUtilization: (current?: EventLoopUtilization, last?: EventLoopUtilization) =>
      current
        ? performance.eventLoopUtilization(current, last)
        : { active, idle, utilization: active / (active + idle || 1) },
  };
  const load = new EventLoopLoad(node);
  return {
    after: (worked: number, waited: number) => {
      active += worked;
      idle += waited;
      return load.isBusy();
    },
  };
}

describe('the load of the event loop', () => {
  it('is busy while nearly all of the time goes into work, and no longer when it waits again', () => {
    const { after } = process();
    expect(after(80, 20)).toBe(false);
    expect(after(95, 5)).toBe(true);
    expect(after(100, 0)).toBe(true);
    expect(after(30, 70)).toBe(false);
  });

  it('is judged by the time since the last look, not by all that was before', () => {
    const { after } = process();
    expect(after(0, 60_000)).toBe(false);
    expect(after(100, 0)).toBe(true);
  });

  it('is looked at ten times a second, and stays what it was in between', () => {
    const { after } = process();
    expect(after(100, 0)).toBe(true);
    expect(after(0, 99)).toBe(true);
    expect(after(0, 1)).toBe(false);
  });
});
