import { nextTry } from './retry-schedule.js';

const NOW = new Date('2026-11-24T08:00:00Z');

describe('a delivery that failed', () => {
  it.each([
    [1, '2026-11-24T08:00:05Z'],
    [2, '2026-11-24T08:00:30Z'],
    [3, '2026-11-24T08:02:00Z'],
    [4, '2026-11-24T08:10:00Z'],
    [5, '2026-11-24T09:00:00Z'],
    [6, '2026-11-24T14:00:00Z'],
    [7, '2026-11-25T08:00:00Z'],
  ])('for the time number %i is tried again at %s', (attempts, at) => {
    expect(nextTry(attempts, NOW)).toEqual(new Date(at));
  });

  it('for the time number 8 is given up', () => {
    expect(nextTry(8, NOW)).toBeNull();
  });
});
