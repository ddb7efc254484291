import type { DataSource } from 'typeorm';
import { SystemClock } from '../../../time/clock.js';
import { EndedSessions } from './ended-sessions.service.js';

describe('EndedSessions', () => {
  let now = 0;
  let stored: string[];
  const findBy = jest.fn<Promise<{ sessionId: string }[]>, []>();
  let ended: EndedSessions;

  beforeEach(() => {
    now = 10_000;
    stored = [];
    jest.spyOn(performance, 'now').mockImplementation(() => now);
    findBy.mockReset().mockImplementation(async () => stored.map((sessionId) => ({ sessionId })));
    const dataSource = { manager: { findBy } } as unknown as DataSource;
    ended = new EndedSessions({ dataSource, jwt: { secret: 's'.repeat(32) } }, dataSource, new SystemClock());
  });
  afterEach(() => jest.restoreAllMocks());

  it('asks the database once for any number of callers', async () => {
    stored = ['a'];
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, index) => ended.has(index ? 'b' : 'a')),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    now += 250;
    await ended.has('a');
    expect(findBy).toHaveBeenCalledTimes(1);
  });

  it('knows of an end half a second later', async () => {
    expect(await ended.has('a')).toBe(false);
    stored = ['a'];
    now += 501;
    expect(await ended.has('a')).toBe(true);
  });

  it('renews the list before it is too old, and lets nobody wait for that', async () => {
    await ended.has('a');
    stored = ['a'];
    now += 251;
    expect(await ended.has('a')).toBe(false);
    expect(findBy).toHaveBeenCalledTimes(2);
    expect(await ended.has('a')).toBe(true);
  });

  it('counts the age from the start of the reading', async () => {
    findBy.mockImplementationOnce(async () => {
      now += 501;
      return [];
    });
    await ended.has('a');
    stored = ['a'];
    expect(await ended.has('a')).toBe(true);
  });

  it('lets nobody in where it cannot know, and recovers', async () => {
    await ended.has('a');
    findBy.mockRejectedValueOnce(new Error('no database'));
    now += 501;
    await expect(ended.has('a')).rejects.toThrow('no database');
    expect(await ended.has('a')).toBe(false);
  });

  it('takes a failed renewal calmly', async () => {
    await ended.has('a');
    findBy.mockRejectedValueOnce(new Error('no database'));
    now += 251;
    expect(await ended.has('a')).toBe(false);
  });
});
