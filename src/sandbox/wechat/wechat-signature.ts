import { createCipheriv, randomBytes, sign, verify } from 'node:crypto';
import type { SandboxCredentials } from '../options/sandbox-credentials.js';

/** A key of the channel's, with the id or the certificate's serial that its signatures name. */
export type SigningKey = Pick<SandboxCredentials['wechat'], 'privateKey' | 'publicKeyId'>;

/** Every signed text of APIv3: its parts, each followed by a line feed. */
function lines(parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(parts.flatMap((part) => [Buffer.from(part), Buffer.from('\n')]));
}

/** SHA-256 with RSA over the merchant's request; `target` is path and query as on the wire. */
export function isRequestSigned(
  request: { method: string; target: string; timestamp: string; nonce: string; body: Buffer },
  signature: string,
  publicKey: string,
): boolean {
  const text = lines([request.method, request.target, request.timestamp, request.nonce, request.body]);
  return verify('sha256', text, publicKey, Buffer.from(signature, 'base64'));
}

/**
 * The headers that sign an answer (an empty body included) or a notification, as made at a given time.
 */
export function signatureHeaders(body: string, credentials: SigningKey, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const nonce = randomBytes(16).toString('hex');
  const signature = sign('sha256', lines([timestamp, nonce, body]), credentials.privateKey).toString(
    'base64',
  );
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': credentials.publicKeyId,
    'wechatpay-signature': signature,
    'wechatpay-signature-type': 'WECHATPAY2-SHA256-RSA2048',
  };
}

/** AEAD_AES_256_GCM: ciphertext and tag together in base64, under a fresh 12-byte nonce. */
export function encryptResource(
  plaintext: string,
  apiV3Key: string,
  associatedData: string,
): {
  algorithm: 'AEAD_AES_256_GCM';
  ciphertext: string;
  associated_data: string;
  nonce: string;
} {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce));
  cipher.setAAD(Buffer.from(associatedData));
  const ciphertext = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: ciphertext.toString('base64'),
    associated_data: associatedData,
    nonce,
  };
}
