import { X509Certificate, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { authorizationOf, type WechatSigner } from './request-signature.js';
import { verifyOrigin } from './wechat-notification.js';
import { wechatSdk } from './wechat-sdk.js';

const certificates = z.object({
  data: z.array(
    z.object({
      serial_no: z.string(),
      encrypt_certificate: z.object({
        algorithm: z.literal('AEAD_AES_256_GCM'),
        nonce: z.string(),
        associated_data: z.string(),
        ciphertext: z.string(),
      }),
    }),
  ),
});

export interface CertificateSource {
  baseUrl: string;
  signer: WechatSigner;
  apiV3Key: string;
  timeoutMs: number;
}

/**
 * Downloads the platform certificates that are in use (`GET /v3/certificates`). They come encrypted with the APIv3
 * key, which only the channel holds besides the merchant; the answer's signature may be of one of these very
 * certificates, when the channel has just changed it, and is checked all the same.
 *
 * @throws Error for no answer, a wrong signature, or a certificate that doesn't decrypt
 */
export async function downloadCertificates(
  source: CertificateSource,
  known: ReadonlyMap<string, KeyObject>,
): Promise<X509Certificate[]> {
  const url = `${source.baseUrl.replace(/\/+$/, '')}/v3/certificates`;
  const response = await fetch(url, {
    headers: { accept: 'application/json', authorization: authorizationOf(url, source.signer) },
    redirect: 'error',
    signal: AbortSignal.timeout(source.timeoutMs),
  });
  const body = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`/v3/certificates answered HTTP ${response.status}`);
  const found = certificates.parse(JSON.parse(body.toString('utf8'))).data.map((one) => decrypt(one, source));
  const keys = new Map([...known, ...found.map((one) => [one.serialNumber, one.publicKey] as const)]);
  // By the machine's clock, as the SDK checks every other answer.
  const refusal = verifyOrigin({ headers: Object.fromEntries(response.headers), body }, keys, new Date());
  if (refusal) throw new Error(`/v3/certificates can't be trusted: ${refusal.detail}`);
  return found;
}

function decrypt(
  { serial_no: serial, encrypt_certificate: sealed }: z.infer<typeof certificates>['data'][number],
  { apiV3Key }: CertificateSource,
): X509Certificate {
  const { ciphertext, nonce, associated_data: associatedData } = sealed;
  const certificate = new X509Certificate(
    wechatSdk().Aes.AesGcm.decrypt(ciphertext, apiV3Key, nonce, associatedData),
  );
  if (certificate.serialNumber !== serial.toUpperCase()) {
    throw new Error(`/v3/certificates names a certificate ${serial} that is ${certificate.serialNumber}`);
  }
  return certificate;
}
