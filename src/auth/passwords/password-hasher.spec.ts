import { PasswordHasher } from './password-hasher.js';

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

  it('has nobody’s password for nobody', async () => {
    expect(await hasher.verifyNobody('the password of nobody')).toBe(false);
  });
});
