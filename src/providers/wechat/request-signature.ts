import type { KeyObject } from 'node:crypto';
import { wechatSdk } from './wechat-sdk.js';

/** Who signs: the merchant, by the serial of its own certificate. */
export interface WechatSigner {
  mchId: string;
  serial: string;
  privateKey: KeyObject;
}

/** The `Authorization` of a GET that doesn't go through the SDK's chains: a bill, the platform's certificates. */
export function authorizationOf(url: string, { mchId, serial, privateKey }: WechatSigner): string {
  const { Formatter, Rsa } = wechatSdk();
  const { pathname, search } = new URL(url);
  const [timestamp, nonce] = [Formatter.timestamp(), Formatter.nonce()];
  const text = Formatter.request('GET', pathname + search, timestamp, nonce);
  return Formatter.authorization(mchId, nonce, Rsa.sign(text, privateKey), timestamp, serial);
}
