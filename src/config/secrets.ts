import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';

const PLACEHOLDER = /change|secret|example|your-/i;

/** A value that somebody left as the template had it. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value);
}

type PemKind = 'private key' | 'public key' | 'certificate';

const LABELS: Record<PemKind, readonly string[]> = {
  'private key': ['PRIVATE KEY', 'RSA PRIVATE KEY'],
  'public key': ['PUBLIC KEY', 'RSA PUBLIC KEY'],
  certificate: ['CERTIFICATE'],
};

/**
 * Reads a key however people paste it: PEM, PEM with `\n` written out, or bare base64 (PKCS#8 or PKCS#1).
 * @returns PEM. @throws Error saying only what kind of key it isn't: the value is a secret.
 */
export function toPem(value: string, kind: PemKind): string {
  const text = value.trim().replaceAll('\\n', '\n').replaceAll('\r', '');
  const candidates = text.includes('-----BEGIN') ? [text] : LABELS[kind].map((label) => wrap(text, label));
  for (const pem of candidates) {
    if (isReadable(pem, kind)) return `${pem.trim()}\n`;
  }
  throw new Error(`is not a readable ${kind} (PEM, PEM with \\n written out, or bare base64)`);
}

function wrap(base64: string, label: string): string {
  const lines = base64.replace(/\s+/g, '').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----`;
}

function isReadable(pem: string, kind: PemKind): boolean {
  try {
    if (kind === 'certificate') return Boolean(new X509Certificate(pem));
    const key = kind === 'private key' ? createPrivateKey(pem) : createPublicKey(pem);
    return key.asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}
