import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { isPlaceholder, toPem } from './secrets.js';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs8 = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const pkcs1 = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const spki = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const publicPkcs1 = pair.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();

/** Base64 alone, as the channels' consoles show a key. */
const bare = (pem: string) => pem.replaceAll(/-----.*-----|\s/g, '');

describe('a key', () => {
  const WRITTEN: [string, (pem: string) => string][] = [
    ['PEM', (pem) => pem],
    ['PEM with \\n written out', (pem) => pem.replaceAll('\n', '\\n')],
    ['PEM with Windows’ line ends', (pem) => pem.replaceAll('\n', '\r\n')],
    ['PEM with blanks around', (pem) => `\n  ${pem}\n\n`],
    ['bare base64', bare],
    ['base64 in lines', (pem) => bare(pem).replaceAll(/.{76}/g, '$&\n')],
  ];

  it.each(WRITTEN)('is read from %s', (_how, write) => {
    for (const pem of [pkcs8, pkcs1]) {
      expect(createPrivateKey(toPem(write(pem), 'private key')).equals(pair.privateKey)).toBe(true);
    }
    for (const pem of [spki, publicPkcs1]) {
      expect(createPublicKey(toPem(write(pem), 'public key')).equals(pair.publicKey)).toBe(true);
    }
  });

  it.each([
    ['cut off', pkcs8.slice(0, 400)],
    ['of another kind', spki],
    ['text', 'hush-hush'],
    ['of another algorithm', elliptic()],
  ])('that is %s is refused without a word of it', (_what, value) => {
    expect(() => toPem(value, 'private key')).toThrow(/^is not a readable private key/);
    try {
      toPem(value, 'private key');
    } catch (error) {
      expect((error as Error).message).not.toContain(value.slice(0, 9));
    }
  });

  function elliptic(): string {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  }
});

describe('a placeholder', () => {
  it.each(['change-me', 'CHANGEME', 'my-Secret-value', 'an EXAMPLE', 'Your-key-here'])('is %s', (value) => {
    expect(isPlaceholder(value)).toBe(true);
  });

  it.each(['8f1b0c6d2e9a4753', 'correct horse battery staple', 'yours'])('is not %s', (value) => {
    expect(isPlaceholder(value)).toBe(false);
  });
});
