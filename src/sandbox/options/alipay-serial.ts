import { createHash, X509Certificate } from 'node:crypto';

/**
 * Alipay's serial number of a certificate (app_cert_sn, alipay_cert_sn, alipay_root_cert_sn): MD5 over the issuer's
 * names, the last first, and the decimal serial. Source: the open platform's document of certificate mode (公钥证书).
 */
export function alipaySerial(pem: string): string {
  const { issuer, serialNumber } = new X509Certificate(pem);
  const names = issuer.split('\n').toReversed().join(',');
  return createHash('md5')
    .update(`${names}${BigInt(`0x${serialNumber}`)}`)
    .digest('hex');
}
