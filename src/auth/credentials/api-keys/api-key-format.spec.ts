import { createApiKey, hashApiKey, isWellFormedApiKey, shownPrefix } from './api-key-format.js';

describe('API keys', () => {
  it('are well-formed, and never the same', () => {
    const keys = Array.from({ length: 500 }, createApiKey);
    expect(new Set(keys).size).toBe(500);
    expect(keys.every((key) => /^idk_[0-9A-Za-z]{38}$/.test(key) && isWellFormedApiKey(key))).toBe(true);
  });

  it('are known by their checksum: one character changed, and it is no key', () => {
    const key = createApiKey();
    for (let index = 4; index < key.length; index += 1) {
      const other = key[index] === 'a' ? 'b' : 'a';
      expect(isWellFormedApiKey(key.slice(0, index) + other + key.slice(index + 1))).toBe(false);
    }
  });

  it('have the CRC-32 of what stands before it for a checksum', () => {
    // Reckoned apart, by Python's zlib: CRC-32 0x4410c0d8, in base 62.
    expect(isWellFormedApiKey(`idk_${'0'.repeat(32)}1FHV0K`)).toBe(true);
  });

  it.each([
    '',
    'idk_',
    `idk_${'0'.repeat(38)}`,
    ` ${createApiKey()}`,
    `${createApiKey()}\n`,
    createApiKey().slice(1),
  ])('are not %j', (text) => {
    expect(isWellFormedApiKey(text)).toBe(false);
  });

  it('show their first 12 characters', () => {
    const key = createApiKey();
    expect(key.startsWith(shownPrefix(key))).toBe(true);
    expect(shownPrefix(key)).toHaveLength(12);
  });

  it('are hashed by SHA-256', () => {
    // FIPS 180-4's example for "abc".
    expect(hashApiKey('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
