import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import type { Problem } from '../../../problems/problem.js';
import { MAX_WAITING } from './bounded-turns.js';
import { HASHES_AT_ONCE, PasswordHasher } from './password-hasher.js';

describe('PasswordHasher', () => {
  const hasher = new PasswordHasher();

  it('hashes with argon2id at 19 MiB and two passes, salted', async () => {
    const [one, two] = await Promise.all([hasher.hash('a password'), hasher.hash('a password')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await hasher.verify(one, 'a password')).toBe(true);
    expect(await hasher.verify(one, 'a passwort')).toBe(false);
  });

  it('tells passwords apart to their last character', async () => {
    const long = '密'.repeat(255);
    const hash = await hasher.hash(`${long}a`);
    expect(await hasher.verify(hash, `${long}b`)).toBe(false);
  });

  it('hashes at most three at once, however many sign in, and lets file and DNS work through meanwhile', async () => {
    let done = 0;
    const storm = Array.from({ length: 24 }, () => hasher.hash('a password').then(() => (done += 1)));
    // Both need one of the four threads that hashes run on: behind 24 hashes they would come last.
    await Promise.all([readFile(new URL(import.meta.url)), lookup('localhost')]);
    expect(done).toBeLessThan(12);
    expect(HASHES_AT_ONCE).toBeLessThanOrEqual(3);
    await Promise.all(storm);
    expect(done).toBe(24);
  });

  it('has nobody’s password for nobody', async () => {
    expect(await hasher.verifyNobody('the password of nobody')).toBe(false);
  });
});

describe('a crowd of passwords', () => {
  it('waits in bounds: who comes then is told to come again', async () => {
    const hasher = new PasswordHasher();
    const outcomes = await Promise.all(
      Array.from({ length: MAX_WAITING + 20 }, () =>
        hasher.hash('a password').then(
          () => 'done',
          (error: Problem) => `${error.code} ${error.facts.retryAfterSeconds}`,
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'done').length).toBeGreaterThanOrEqual(MAX_WAITING);
    expect(new Set(outcomes)).toEqual(new Set(['done', 'OVERLOADED 5']));
  });

  it('keeps nobody from signing in who does so meanwhile', async () => {
    const hasher = new PasswordHasher();
    const kept = await hasher.hash('a password');
    let made = 0;
    const crowd = Array.from({ length: 30 }, () => hasher.hash('a password').then(() => (made += 1)));
    expect(await hasher.verify(kept, 'a password')).toBe(true);
    // With one turn for all there is none to be left to anybody.
    if (HASHES_AT_ONCE > 1) expect(made).toBeLessThan(15);
    await Promise.all(crowd);
  });
});
