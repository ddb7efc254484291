import { randomUUID } from 'node:crypto';
import type { KeyCheck } from '../payment-provider.js';
import { authorizationOf, type WechatSigner } from './request-signature.js';
import type { RotatingKeys } from './rotating-keys.js';
import { verifyOrigin } from './wechat-notification.js';

export interface KeyCheckSource {
  baseUrl: string;
  signer: WechatSigner;
  /** Null for a merchant in certificate mode. */
  publicKeyId: string | null;
  timeoutMs: number;
}

/**
 * Asks about an order that nobody made. The channel refuses a merchant's wrong key with 401, and signs what it answers
 * otherwise; an answer without a signature tells nothing. Never rejects.
 */
export async function checkWechatKeys(source: KeyCheckSource, keys: RotatingKeys): Promise<KeyCheck> {
  const { baseUrl, signer, publicKeyId, timeoutMs } = source;
  const number = randomUUID().replaceAll('-', '');
  const url = `${baseUrl.replace(/\/+$/, '')}/v3/pay/transactions/out-trade-no/${number}?mchid=${signer.mchId}`;
  try {
    const response = await fetch(url, {
      headers: {
        accept: 'application/json',
        authorization: authorizationOf(url, signer),
        ...(publicKeyId === null ? {} : { 'wechatpay-serial': publicKeyId }),
      },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body = Buffer.from(await response.arrayBuffer());
    if (response.status === 401) {
      const reason = `HTTP 401: compare the merchant's serial ${signer.serial} and its private key with the API certificate in the merchant platform`;
      return { outcome: 'wrong', reason };
    }
    const serial = response.headers.get('wechatpay-serial');
    if (serial === null || !response.headers.has('wechatpay-signature'))
      return { outcome: 'unknown', reason: `HTTP ${response.status} without a signature` };
    await keys.learn(serial);
    const refusal = verifyOrigin(
      { headers: Object.fromEntries(response.headers), body },
      keys.all,
      new Date(),
    );
    return refusal ? { outcome: 'wrong', reason: `${refusal.detail}; ${keys.held}` } : { outcome: 'right' };
  } catch (error) {
    return { outcome: 'unknown', reason: (error as Error).message };
  }
}
