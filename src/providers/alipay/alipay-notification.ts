import { z } from 'zod';
import { parseBeijingDateTime } from '../beijing-time.js';
import { channelNumber } from '../channel-number.js';
import type { NotificationRefusal, NotificationResult } from '../payment-provider.js';
import type { RawNotification } from '../raw-notification.js';
import { readForm } from './alipay-form.js';
import type { AlipayGateway } from './alipay-gateway.js';
import { alipayTrade, observeTrade, refundedInTotal, tellsOfRefund } from './trade-status.js';

/** Whose notifications these may be. */
export interface AlipayMerchant {
  appId: string;
  sellerId: string;
}

/** What a notification of ours can't do without: its own number, and the order's. */
const tradeReference = z.object({ notify_id: channelNumber, out_trade_no: channelNumber });

const tradeNotice = alipayTrade.extend({
  notify_id: channelNumber,
  out_biz_no: channelNumber.or(z.literal('')).optional(),
});

/** Verifies a notification (form fields, signed with RSA2) and tells what it says. Never throws. */
export function readAlipayNotification(
  notification: RawNotification,
  gateway: AlipayGateway,
  merchant: AlipayMerchant,
): NotificationResult {
  const fields = readForm(notification.body);
  if (typeof fields === 'string') return refuse('malformed', fields);
  if (!gateway.verifiesNotification(fields)) {
    return refuse(
      'bad_signature',
      fields.sign ? `not an RSA2 signature of Alipay over these fields. ${gateway.keys}` : 'no signature',
    );
  }
  for (const [name, ours] of [
    ['app_id', merchant.appId],
    ['seller_id', merchant.sellerId],
  ] as const) {
    if (fields[name] && fields[name] !== ours) return refuse('foreign', `${name} ${fields[name]}`);
  }
  const reference = tradeReference.safeParse(fields);
  if (!reference.success) return refuse('malformed', `missing or malformed: ${fieldsOf(reference.error)}`);
  const missing = ['app_id', 'seller_id', 'sign_type'].filter((name) => !fields[name]);
  if (missing.length > 0) return toBeAsked(reference.data, missing.join(', '));
  const notice = tradeNotice.safeParse(fields);
  if (!notice.success) return toBeAsked(reference.data, fieldsOf(notice.error));
  return tellsOfRefund(notice.data) ? refundResult(notice.data) : paymentResult(notice.data);
}

function paymentResult(notice: z.infer<typeof tradeNotice>): NotificationResult {
  const observation = observeTrade(notice, null);
  return {
    outcome: 'payment',
    notificationId: notice.notify_id,
    orderId: notice.out_trade_no,
    observation,
  };
}

/** Alipay signed it, and it names an order: what it doesn't say, a query does. */
function toBeAsked(
  { notify_id: notificationId, out_trade_no: orderId }: z.infer<typeof tradeReference>,
  fields: string,
): NotificationResult {
  const observation = { outcome: 'unknown', reason: `missing or malformed: ${fields}` } as const;
  return { outcome: 'payment', notificationId, orderId, observation };
}

function fieldsOf(error: z.ZodError): string {
  return error.issues.map((issue) => issue.path.join('.')).join(', ');
}

function refundResult(notice: z.infer<typeof tradeNotice>): NotificationResult {
  return {
    outcome: 'refund',
    notificationId: notice.notify_id,
    orderId: notice.out_trade_no,
    tradeNo: notice.trade_no,
    refundNo: notice.out_biz_no || null,
    result: { outcome: 'succeeded', refundedAt: parseBeijingDateTime(notice.gmt_refund ?? '') },
    amountFen: null,
    refundedFen: refundedInTotal(notice),
    orderAmountFen: notice.total_amount,
  };
}

function refuse(reason: NotificationRefusal, detail: string): NotificationResult {
  return { outcome: 'refused', reason, detail };
}
