import { sign, verify } from 'node:crypto';

export type AlipayFields = Readonly<Record<string, string>>;

/**
 * The text that is signed: every field that has a value, sorted by name, except those that carry the signature.
 * Requests leave out `sign` alone, notifications and returns `sign` and `sign_type`.
 */
export function signedText(fields: AlipayFields, leftOut: readonly string[]): string {
  return Object.keys(fields)
    .filter((name) => fields[name] !== '' && !leftOut.includes(name))
    .toSorted()
    .map((name) => `${name}=${fields[name]}`)
    .join('&');
}

/** RSA2: SHA-256 with RSA (PKCS#1 v1.5), base64. */
export function signRsa2(text: string, privateKey: string): string {
  return sign('sha256', Buffer.from(text, 'utf8'), privateKey).toString('base64');
}

export function isSignedBy(text: string, signature: string, publicKey: string): boolean {
  return verify('sha256', Buffer.from(text, 'utf8'), publicKey, Buffer.from(signature, 'base64'));
}
