import { yuanFromFen } from '../../money/fen.js';
import type { SandboxOrder } from '../records/sandbox-order.js';
import type { SandboxCredentials } from '../options/sandbox-credentials.js';
import { signedText, signRsa2 } from '../wire/alipay-signature.js';
import { beijingTime } from '../wire/alipay-time.js';

/**
 * Where the buyer's browser goes after paying: `return_url` with the synchronous return's signed parameters (同步返回).
 * @returns null if the merchant gave no address.
 */
export function alipayReturnUrl(
  order: SandboxOrder,
  credentials: SandboxCredentials['alipay'],
  now: Date,
): string | null {
  if (!order.returnUrl) return null;
  const fields = {
    app_id: credentials.appId,
    auth_app_id: credentials.appId,
    charset: 'utf-8',
    method: `alipay.trade.${order.method === 'wap' ? 'wap' : 'page'}.pay.return`,
    out_trade_no: order.outTradeNo,
    seller_id: credentials.sellerId,
    timestamp: beijingTime(now),
    total_amount: yuanFromFen(order.amountFen),
    trade_no: order.channelTradeNo,
    version: '1.0',
  };
  const sign = signRsa2(signedText(fields, []), credentials.privateKey);
  const url = new URL(order.returnUrl);
  for (const [name, value] of Object.entries({ ...fields, sign_type: 'RSA2', sign })) {
    url.searchParams.set(name, value);
  }
  return url.toString();
}
