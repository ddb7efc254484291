import type { KeyObject } from 'node:crypto';
import type { AlipaySdkConfig } from 'alipay-sdk';
import { keyMark, readCertificate, readOwnCertificate, readPublicKey } from '../rsa-keys.js';
import type { AlipayOptions } from './alipay.options.js';

export interface Verification {
  config: Pick<
    AlipaySdkConfig,
    'alipayPublicKey' | 'appCertContent' | 'alipayPublicCertContent' | 'alipayRootCertContent'
  >;
  /** Which of Alipay's keys is held, and what to compare it with, for a person who looks for a wrong one. */
  held: string;
}

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
    return {
      config: { alipayPublicKey: key.export({ type: 'spki', format: 'pem' }).toString() },
      held: `the public key ${keyMark(key)}; compare it with 支付宝公钥 on the open platform, not with 应用公钥`,
    };
  }
  const app = readOwnCertificate(certificates.app, 'Alipay certificates.app', ownKey);
  const alipay = readCertificate(certificates.alipay, 'Alipay certificates.alipay', ownKey);
  readCertificate(certificates.root, 'Alipay certificates.root', ownKey);
  return {
    config: {
      appCertContent: app.toString(),
      alipayPublicCertContent: alipay.toString(),
      alipayRootCertContent: certificates.root,
    },
    held: `the certificate of serial ${alipay.serialNumber}, valid to ${alipay.validTo}; compare it with 支付宝公钥证书 on the open platform`,
  };
}
