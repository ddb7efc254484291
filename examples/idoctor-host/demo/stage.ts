/** Where the story is played, and how it is paid. */
export interface Stage {
  /** The stand-alone commercial service. */
  serviceUrl: string;
  hostUrl: string;
  provider: 'alipay' | 'wechat';
  admin: { email: string; password: string };
}
