import type { KeyObject } from 'node:crypto';
import type { AlipaySdkConfig } from 'alipay-sdk';
import { readCertificate, readOwnCertificate, readPublicKey } from '../rsa-keys.js';
import type { AlipayOptions } from './alipay.options.js';

type Verification = Pick<
  AlipaySdkConfig,
  'alipayPublicKey' | 'appCertContent' | 'alipayPublicCertContent' | 'alipayRootCertContent'
>;

/**
 * How the SDK verifies what Alipay signs: by its public key, or by its certificate, in which case each request names
 * the application's certificate and Alipay's roots by their serials.
 *
 * @throws Error that names the option that is missing or broken
 */
export function verificationOf(options: AlipayOptions, ownKey: KeyObject): Verification {
  const { certificates } = options;
  if (!certificates) {
    const key = readPublicKey(options.alipayPublicKey ?? '', 'Alipay alipayPublicKey', ownKey);
    return { alipayPublicKey: key.export({ type: 'spki', format: 'pem' }).toString() };
  }
  const app = readOwnCertificate(certificates.app, 'Alipay certificates.app', ownKey);
  const alipay = readCertificate(certificates.alipay, 'Alipay certificates.alipay', ownKey);
  readCertificate(certificates.root, 'Alipay certificates.root', ownKey);
  return {
    appCertContent: app.toString(),
    alipayPublicCertContent: alipay.toString(),
    alipayRootCertContent: certificates.root,
  };
}
