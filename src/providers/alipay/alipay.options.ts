/** What a merchant gets when Alipay opens an application (开放平台). Keys are PEM. */
export interface AlipayOptions {
  appId: string;
  /** The merchant's 2088… number; notifications for another seller are refused. */
  sellerId: string;
  /** The application's RSA private key: PKCS#1 or PKCS#8 PEM. */
  privateKey: string;
  /** Alipay's public key (支付宝公钥), not the application's. Needed without `certificates`, and unused with them. */
  alipayPublicKey?: string;
  /** For an application in certificate mode (公钥证书). */
  certificates?: AlipayCertificates;
  /** For example `https://openapi.alipay.com/gateway.do`. */
  gateway: string;
  /** Present where the merchant may charge by agreement (商家扣款); absent: it may not. */
  agreements?: AlipayAgreementOptions;
  /** Per call; a call that takes longer has an unknown outcome. Default 5000. */
  timeoutMs?: number;
}

/** What Alipay gives to an application in certificate mode. PEM. */
export interface AlipayCertificates {
  /** The application's (应用公钥证书, appCertPublicKey_….crt), over the merchant's own key. */
  app: string;
  /** Alipay's (支付宝公钥证书, alipayCertPublicKey_RSA2.crt), which verifies what Alipay signs. */
  alipay: string;
  /** Alipay's roots (支付宝根证书, alipayRootCert.crt): several certificates in one file. */
  root: string;
}

/** What Alipay has agreed with a merchant who may charge by agreement. */
export interface AlipayAgreementOptions {
  /** The scene that Alipay has agreed to, for example `INDUSTRY|DIGITAL_MEDIA`. Default `DEFAULT|DEFAULT`. */
  signScene?: string;
}
