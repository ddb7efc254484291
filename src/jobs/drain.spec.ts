import type { Logger } from '@nestjs/common';
import { drain } from './drain.js';

/** Pages of two out of what is left; what was worked on isn't due any more, what failed still is. */
function world(ids: string[], fails: (id: string, attempt: number) => boolean) {
  const due = new Set(ids);
  const attempts = new Map<string, number>();
  const errors: unknown[] = [];
  const logger = { error: (reason: unknown) => void errors.push(reason) } as unknown as Logger;
  const run = () =>
    drain({
      next: async () => [...due].slice(0, 2),
      work: async (id) => {
        const attempt = (attempts.get(id) ?? 0) + 1;
        attempts.set(id, attempt);
        if (fails(id, attempt)) throw new Error(`${id} failed`);
        return due.delete(id) && !id.startsWith('theirs');
      },
      parallel: 2,
      logger,
    });
  return { run, due, attempts, errors };
}

describe('working off what is due', () => {
  it('goes on page by page until nothing is, and counts what this process did', async () => {
    const { run, due } = world(['a', 'b', 'theirs', 'c', 'd'], () => false);
    expect(await run()).toBe(4);
    expect([...due]).toEqual([]);
  });

  it('is not held up by one that fails: the others are done, and it is logged', async () => {
    const { run, due, errors } = world(['bad', 'b', 'c', 'd'], (id) => id === 'bad');
    expect(await run()).toBe(3);
    expect([...due]).toEqual(['bad']);
    expect(String(errors[0])).toBe('Error: bad failed');
  });

  it('ends where nothing of a page succeeds, rather than ask for it again and again', async () => {
    const { run, attempts } = world(['a', 'b'], () => true);
    expect(await run()).toBe(0);
    expect([...attempts.values()]).toEqual([1, 1]);
  });

  it('takes up again what failed beside what succeeded', async () => {
    const { run } = world(['a', 'b', 'c'], (id, attempt) => id === 'a' && attempt === 1);
    expect(await run()).toBe(3);
  });
});
