import { randomBytes, sign, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { beijingRfc3339 } from '../beijing-time.js';
import type { CreateResult } from '../payment-provider.js';
import type { PaymentOrder } from '../payment-order.js';
import { plainAddress } from '../plain-address.js';
import { saysOrderPaid } from './error-codes.js';
import { unknown, type WechatPayClient } from './wechat-pay-client.js';

/** The default first: a code to scan, a link for a mobile browser, a page inside WeChat. */
export const WECHAT_METHODS = ['native', 'h5', 'jsapi'] as const;

export type WechatMethod = (typeof WECHAT_METHODS)[number];

export interface WechatSeller {
  appId: string;
  mchId: string;
  privateKey: KeyObject;
}

const nativeAnswer = z.object({ code_url: z.string().min(1) });
const h5Answer = z.object({ h5_url: z.url() });
const jsapiAnswer = z.object({ prepay_id: z.string().min(1) });

/** Opens an order at `/v3/pay/transactions/<method>`. */
export async function openWechatOrder(
  client: WechatPayClient,
  seller: WechatSeller,
  order: PaymentOrder,
  method: WechatMethod,
): Promise<CreateResult> {
  const buyer = describeBuyer(order, method);
  if ('missing' in buyer) {
    return { outcome: 'refused', code: 'PAYER_UNKNOWN', message: `${method} needs ${buyer.missing}` };
  }
  const answer = await client.post(`v3/pay/transactions/${method}`, {
    appid: seller.appId,
    mchid: seller.mchId,
    description: order.subject,
    out_trade_no: order.orderId,
    time_expire: beijingRfc3339(order.expiresAt),
    notify_url: order.notifyUrl,
    amount: { total: order.amountFen, currency: order.currency },
    ...buyer,
  });
  if (answer.kind === 'unknown') return unknown(answer);
  if (answer.kind === 'error') {
    // An order that is there, and even paid, is no refused one; a query tells its facts.
    if (saysOrderPaid(answer.code)) return { outcome: 'unknown', reason: answer.code };
    return { outcome: 'refused', code: answer.code, message: answer.message };
  }
  return readWay(answer.data, method, { seller, returnUrl: order.returnUrl });
}

function describeBuyer(
  { payer }: PaymentOrder,
  method: WechatMethod,
): Record<string, unknown> | { missing: string } {
  switch (method) {
    case 'native':
      return {};
    case 'h5': {
      const address = plainAddress(payer.ip ?? '');
      if (address === null) return { missing: 'payer.ip' };
      return { scene_info: { payer_client_ip: address, h5_info: { type: 'Wap' } } };
    }
    case 'jsapi':
      if (payer.openId === null) return { missing: 'payer.openId' };
      return { payer: { openid: payer.openId } };
  }
}

function readWay(
  data: unknown,
  method: WechatMethod,
  { seller, returnUrl }: { seller: WechatSeller; returnUrl: string | null },
): CreateResult {
  const nothing = { outcome: 'created', paymentUrl: null, qrCode: null, prepay: null } as const;
  const lacks = (field: string): CreateResult => ({
    outcome: 'unknown',
    reason: `the answer to the order lacks ${field}`,
  });
  switch (method) {
    case 'native': {
      const { data: way } = nativeAnswer.safeParse(data);
      return way ? { ...nothing, qrCode: way.code_url } : lacks('code_url');
    }
    case 'h5': {
      const { data: way } = h5Answer.safeParse(data);
      return way ? { ...nothing, paymentUrl: leadingBack(way.h5_url, returnUrl) } : lacks('h5_url');
    }
    case 'jsapi': {
      const { data: way } = jsapiAnswer.safeParse(data);
      return way ? { ...nothing, prepay: signPrepay(way.prepay_id, seller) } : lacks('prepay_id');
    }
  }
}

/** The order takes no return address; the link does. Without one the buyer is led back to the page that they came from. */
function leadingBack(h5Url: string, returnUrl: string | null): string {
  if (returnUrl === null) return h5Url;
  const parameter = `redirect_url=${encodeURIComponent(returnUrl)}`;
  return h5Url + (h5Url.includes('?') ? '&' : '?') + parameter;
}

/**
 * What the page's script hands to `WeixinJSBridge.invoke('getBrandWCPayRequest', …)`: the merchant signs app, time,
 * nonce and package, a line each. The time is the machine's, since the buyer's phone compares it with its own.
 */
function signPrepay(prepayId: string, { appId, privateKey }: WechatSeller): Record<string, string> {
  const timeStamp = String(Math.floor(Date.now() / 1000));
  const nonceStr = randomBytes(16).toString('hex');
  const prepayPackage = `prepay_id=${prepayId}`;
  const text = `${appId}\n${timeStamp}\n${nonceStr}\n${prepayPackage}\n`;
  return {
    appId,
    timeStamp,
    nonceStr,
    package: prepayPackage,
    signType: 'RSA',
    paySign: sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64'),
  };
}
