import { createRefreshToken, hashRefreshToken, successorKey, successorOf } from './refresh-token.js';

describe('refresh tokens', () => {
  const key = successorKey('a-key-of-this-spec-with-32-bytes-or-more');

  it('are opaque and never the same', () => {
    const tokens = Array.from({ length: 100 }, createRefreshToken);
    expect(new Set(tokens).size).toBe(100);
    expect(tokens.every((token) => /^irt_[A-Za-z0-9_-]{43}$/.test(token))).toBe(true);
  });

  it('have one successor each, which looks like any other token', () => {
    const [one, two] = [createRefreshToken(), createRefreshToken()];
    expect(successorOf(one, key)).toBe(successorOf(one, key));
    expect(successorOf(one, key)).not.toBe(successorOf(two, key));
    expect(successorOf(one, key)).toMatch(/^irt_[A-Za-z0-9_-]{43}$/);
  });

  it('have another successor under another secret', () => {
    const token = createRefreshToken();
    expect(successorOf(token, successorKey('another-secret-that-is-just-as-long-as-it'))).not.toBe(
      successorOf(token, key),
    );
  });

  it('are not signed by the secret itself', () => {
    expect(key.equals(Buffer.from('a-key-of-this-spec-with-32-bytes-or-more'))).toBe(false);
    expect(key).toHaveLength(32);
  });

  it('are hashed by SHA-256', () => {
    expect(hashRefreshToken('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
