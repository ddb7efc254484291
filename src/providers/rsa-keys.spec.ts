import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { rsaPair } from '../../test/support/rsa-pair.js';
import { selfSignedCertificate } from '../sandbox/options/self-signed-certificate.js';
import { readCertificate, readPrivateKey, readPublicKey } from './rsa-keys.js';

const own = rsaPair();
const ownKey = createPrivateKey(own.privateKey);
const channel = rsaPair();
const certificate = selfSignedCertificate(channel.privateKey, '5157f09efdc096de');

describe('readPrivateKey', () => {
  it('takes PKCS#8 and PKCS#1', () => {
    const pkcs1 = ownKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    expect(readPrivateKey(own.privateKey, 'the key').equals(ownKey)).toBe(true);
    expect(readPrivateKey(pkcs1, 'the key').equals(ownKey)).toBe(true);
  });

  it.each([
    ['nothing', '', 'the key is missing'],
    ['a bare word', 'hello', 'the key is not PEM'],
    ['the public half', own.publicKey, 'the key is a PEM of "PUBLIC KEY"'],
    ['line breaks written out', own.privateKey.replaceAll('\n', '\\n'), 'the key is not an RSA private key'],
    ['a key cut short', own.privateKey.slice(0, 900), 'the key is not an RSA private key'],
    [
      'an elliptic key',
      generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ type: 'pkcs8', format: 'pem' })
        .toString(),
      'the key is a key of type ec, not RSA',
    ],
  ])('refuses %s and names the option', (_, pem, message) => {
    expect(() => readPrivateKey(pem, 'the key')).toThrow(message);
  });

  it('never shows the key', () => {
    const broken = own.privateKey.replaceAll('\n', '\\n');
    let message = '';
    try {
      readPrivateKey(broken, 'the key');
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain('the key is not');
    expect(message).not.toContain(own.privateKey.split('\n')[1]);
  });
});

describe('readPublicKey', () => {
  it('takes the public key of the channel', () => {
    expect(readPublicKey(channel.publicKey, 'the key', ownKey).asymmetricKeyType).toBe('rsa');
  });

  it.each([
    ['nothing', '', 'the key is missing'],
    ['a private key, from which a public one could be derived', channel.privateKey, '"PRIVATE KEY"'],
    ['a certificate', certificate, '"CERTIFICATE"'],
    ["the merchant's own", own.publicKey, "the merchant's own"],
  ])('refuses %s', (_, pem, message) => {
    expect(() => readPublicKey(pem, 'the key', ownKey)).toThrow(message);
  });
});

describe('readCertificate', () => {
  it('tells the serial as the channel writes it', () => {
    expect(readCertificate(certificate, 'the certificate', ownKey).serialNumber).toBe('5157F09EFDC096DE');
  });

  it.each([
    ['a public key', channel.publicKey, '"PUBLIC KEY"'],
    ['a damaged one', certificate.replace('M', '!'), 'not an X.509 certificate'],
    ["the merchant's own", selfSignedCertificate(own.privateKey, '01'), "the merchant's own"],
  ])('refuses %s', (_, pem, message) => {
    expect(() => readCertificate(pem, 'the certificate', ownKey)).toThrow(message);
  });
});
