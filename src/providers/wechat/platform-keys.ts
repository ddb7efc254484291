import type { KeyObject } from 'node:crypto';
import { readCertificate, readPublicKey } from '../rsa-keys.js';
import type { WechatPayOptions } from './wechat-pay.options.js';

/**
 * WeChat Pay's keys by the serial that each message names. A merchant who migrates from the platform certificate to
 * the public key holds both, and for days the channel signs some messages with one and some with the other.
 *
 * @throws Error that names the option that is missing or broken
 */
export function platformKeys(
  options: Pick<WechatPayOptions, 'publicKey' | 'platformCertificate'>,
  ownKey: KeyObject,
): ReadonlyMap<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  if (options.publicKey) {
    const { id, pem } = options.publicKey;
    if (!id) throw new Error('WeChat Pay publicKey.id is missing (PUB_KEY_ID_…)');
    keys.set(id, readPublicKey(pem, 'WeChat Pay publicKey.pem', ownKey));
  }
  if (options.platformCertificate) {
    const certificate = readCertificate(
      options.platformCertificate,
      'WeChat Pay platformCertificate',
      ownKey,
    );
    keys.set(certificate.serialNumber, certificate.publicKey);
  }
  if (keys.size === 0) {
    throw new Error(
      'WeChat Pay needs publicKey, platformCertificate or both: without one no answer can be verified',
    );
  }
  return keys;
}
