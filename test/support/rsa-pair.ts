import { generateKeyPairSync } from 'node:crypto';

export interface RsaPair {
  /** SPKI. */
  publicKey: string;
  /** PKCS#8. */
  privateKey: string;
}

export function rsaPair(): RsaPair {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
