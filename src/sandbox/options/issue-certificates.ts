import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { SandboxKeys } from './sandbox-credentials.js';
import { selfSignedCertificate } from './self-signed-certificate.js';

/** A key of WeChat Pay's with its platform certificate. PEM. */
export interface WechatPlatformCertificate {
  serial: string;
  privateKey: string;
  certificate: string;
}

/** The three certificates of Alipay's certificate mode. PEM. */
export interface AlipayCertificates {
  /** The application's own (应用公钥证书). */
  app: string;
  /** Alipay's, which signs answers and notifications (支付宝公钥证书). */
  alipay: string;
  /** Alipay's root (支付宝根证书). */
  root: string;
}

/** Makes a platform certificate over a fresh key; the sandbox signs with the first that its options name. */
export function issueWechatCertificate(): WechatPlatformCertificate {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const serial = newSerial();
  return { serial, privateKey, certificate: selfSignedCertificate(privateKey, serial) };
}

/** Makes certificates over both ends' keys, which stay as they are: the merchant may use either mode. */
export function issueAlipayCertificates({ merchant, gateway }: SandboxKeys): AlipayCertificates {
  const { privateKey } = gateway.alipay;
  return {
    app: selfSignedCertificate(merchant.alipay.privateKey, newSerial()),
    alipay: selfSignedCertificate(privateKey, newSerial()),
    root: selfSignedCertificate(privateKey, newSerial()),
  };
}

/** 20 bytes, positive as X.509 wants it, without a leading zero that a number would lose. */
function newSerial(): string {
  const bytes = randomBytes(20);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return bytes.toString('hex').toUpperCase();
}
