/** What a merchant gets when Alipay opens an application (开放平台). Keys are PEM. */
export interface AlipayOptions {
  appId: string;
  /** The merchant's 2088… number; notifications for another seller are refused. */
  sellerId: string;
  /** The application's RSA private key: PKCS#1 or PKCS#8 PEM. */
  privateKey: string;
  /** Alipay's public key (支付宝公钥), not the application's. */
  alipayPublicKey: string;
  /** For example `https://openapi.alipay.com/gateway.do`. */
  gateway: string;
  /** Per call; a call that takes longer has an unknown outcome. Default 5000. */
  timeoutMs?: number;
}
