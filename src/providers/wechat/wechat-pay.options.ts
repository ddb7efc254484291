/** What a WeChat Pay merchant holds for APIv3. Keys and certificates are PEM. */
export interface WechatPayOptions {
  appId: string;
  mchId: string;
  /** Serial number of the merchant's own API certificate. */
  merchantSerial: string;
  /** The merchant's RSA private key. */
  privateKey: string;
  /** Exactly 32 bytes; decrypts notifications. */
  apiV3Key: string;
  /** WeChat Pay's public key with its id (`PUB_KEY_ID_…`), the platform certificate, or both while migrating. */
  publicKey?: { id: string; pem: string };
  platformCertificate?: string;
  /** For example `https://api.mch.weixin.qq.com`. */
  baseUrl: string;
  /** Per call; a call that takes longer has an unknown outcome. Default 5000. */
  timeoutMs?: number;
}
