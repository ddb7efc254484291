import { z } from 'zod';
import { yuanFromFen } from '../../money/fen.js';
import { beijingDateTime } from '../beijing-time.js';
import type { CreateResult } from '../payment-provider.js';
import type { PaymentOrder } from '../payment-order.js';
import { unknown, type AlipayGateway } from './alipay-gateway.js';
import { refusesOrder } from './error-codes.js';

/** The default first: the computer website (电脑网站支付), the mobile website (手机网站支付), a code to scan (扫码支付). */
export const ALIPAY_METHODS = ['page', 'wap', 'qr'] as const;

export type AlipayMethod = (typeof ALIPAY_METHODS)[number];

const PRODUCTS: Record<AlipayMethod, { method: string; code: string }> = {
  page: { method: 'alipay.trade.page.pay', code: 'FAST_INSTANT_TRADE_PAY' },
  wap: { method: 'alipay.trade.wap.pay', code: 'QUICK_WAP_WAY' },
  qr: { method: 'alipay.trade.precreate', code: 'QR_CODE_OFFLINE' },
};

const precreateAnswer = z.object({ out_trade_no: z.string(), qr_code: z.string().min(1) });

/** Opens an order by its method. A page's link is made locally: Alipay hears of the order when the buyer opens it. */
export async function openAlipayOrder(
  gateway: AlipayGateway,
  order: PaymentOrder,
  by: AlipayMethod,
): Promise<CreateResult> {
  const { method, code } = PRODUCTS[by];
  const bizContent = {
    out_trade_no: order.orderId,
    product_code: code,
    total_amount: yuanFromFen(order.amountFen),
    subject: order.subject,
    time_expire: beijingDateTime(order.expiresAt),
  };
  if (by === 'qr') return readCode(gateway, order, bizContent);
  const paymentUrl = gateway.pageUrl(method, bizContent, {
    notify_url: order.notifyUrl,
    ...(order.returnUrl === null ? {} : { return_url: order.returnUrl }),
  });
  return { outcome: 'created', paymentUrl, qrCode: null, prepay: null };
}

async function readCode(
  gateway: AlipayGateway,
  order: PaymentOrder,
  bizContent: Record<string, unknown>,
): Promise<CreateResult> {
  const answer = await gateway.call(PRODUCTS.qr.method, bizContent, { notify_url: order.notifyUrl });
  if (answer.kind === 'unknown') return unknown(answer);
  if (answer.kind === 'error') {
    const { code, message } = answer;
    return refusesOrder(code)
      ? { outcome: 'refused', code, message }
      : { outcome: 'unknown', reason: `${code} ${message}` };
  }
  const fields = precreateAnswer.safeParse(answer.fields);
  if (!fields.success || fields.data.out_trade_no !== order.orderId) {
    return { outcome: 'unknown', reason: 'the answer to the order lacks qr_code or is about another order' };
  }
  return { outcome: 'created', paymentUrl: null, qrCode: fields.data.qr_code, prepay: null };
}
