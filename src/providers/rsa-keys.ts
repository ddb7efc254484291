import {
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';

const PROBE = Buffer.from('a probe, to learn at start and not at the first payment whether the key works');

/**
 * Reads a merchant's RSA private key, PKCS#1 or PKCS#8, and signs a probe with it.
 *
 * @param name the option's name, for the message
 * @throws Error that says which option is wrong and how to mend it; never shows the key
 */
export function readPrivateKey(pem: string, name: string): KeyObject {
  requirePem(pem, name, 'PRIVATE KEY');
  const key = parse(() => createPrivateKey(pem), name, 'an RSA private key (PKCS#1 or PKCS#8 PEM)');
  const signature = parse(() => sign('RSA-SHA256', PROBE, key), name, 'a private key that can sign');
  if (!verify('RSA-SHA256', PROBE, createPublicKey(key), signature)) {
    throw new Error(`${name} is damaged: its own public half does not verify what it signs`);
  }
  return key;
}

/**
 * Reads a channel's RSA public key.
 *
 * @param ownKey the merchant's private key: its public half in this place is a common slip, which would
 *   otherwise show only when the first notification is refused
 * @throws Error that says which option is wrong and how to mend it
 */
export function readPublicKey(pem: string, name: string, ownKey: KeyObject): KeyObject {
  requirePem(pem, name, 'PUBLIC KEY');
  const key = parse(() => createPublicKey(pem), name, 'an RSA public key in PEM');
  refuseOwn(key, name, ownKey);
  return key;
}

/**
 * Reads a channel's certificate.
 *
 * @param ownKey as for `readPublicKey`
 * @throws Error that says which option is wrong and how to mend it
 */
export function readCertificate(pem: string, name: string, ownKey: KeyObject): X509Certificate {
  requirePem(pem, name, 'CERTIFICATE');
  const certificate = parse(() => new X509Certificate(pem), name, 'an X.509 certificate in PEM');
  refuseOwn(certificate.publicKey, name, ownKey);
  return certificate;
}

/**
 * Reads the merchant's own certificate.
 *
 * @throws Error that says which option is wrong and how to mend it, also for a certificate over another key
 */
export function readOwnCertificate(pem: string, name: string, ownKey: KeyObject): X509Certificate {
  requirePem(pem, name, 'CERTIFICATE');
  const certificate = parse(() => new X509Certificate(pem), name, 'an X.509 certificate in PEM');
  if (!certificate.publicKey.equals(createPublicKey(ownKey))) {
    throw new Error(`${name} is not over the merchant's private key; set the pair that belongs together`);
  }
  return certificate;
}

/** What is the same in the Base64 of each RSA key of 2048 bits: the algorithm, the lengths. */
const SAME_IN_ALL = 44;

/**
 * Sixteen characters out of a public key's Base64, by which a person tells it from another, here and in the channel's
 * console. No secret: the key is public.
 */
export function keyMark(key: KeyObject): string {
  const base64 = key.export({ type: 'spki', format: 'der' }).toString('base64');
  return `…${base64.slice(SAME_IN_ALL, SAME_IN_ALL + 16)}…`;
}

function refuseOwn(key: KeyObject, name: string, ownKey: KeyObject): void {
  if (key.equals(createPublicKey(ownKey))) {
    throw new Error(`${name} is the merchant's own; set the one that the channel shows for itself`);
  }
}

/** OpenSSL derives a public key from a private one or a certificate without a word, so the label is checked first. */
function requirePem(pem: string, name: string, label: string): void {
  if (!pem) throw new Error(`${name} is missing`);
  const found = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem)?.[1];
  if (found === undefined) throw new Error(`${name} is not PEM: it lacks the line -----BEGIN ${label}-----`);
  if (!found.endsWith(label))
    throw new Error(`${name} is a PEM of "${found}" where a "${label}" is expected`);
}

function parse<T>(read: () => T, name: string, expected: string): T {
  let value: T;
  try {
    value = read();
  } catch (error) {
    const hint = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new Error(`${name} is not ${expected}${hint}: copy it again, its line breaks included`, {
      cause: error,
    });
  }
  const type = (value as Partial<KeyObject>).asymmetricKeyType;
  if (type !== undefined && type !== 'rsa') throw new Error(`${name} is a key of type ${type}, not RSA`);
  return value;
}
