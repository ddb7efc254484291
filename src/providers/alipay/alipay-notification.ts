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

const tradeNotice = alipayTrade.extend({
  notify_id: channelNumber,
  out_biz_no: channelNumber.or(z.literal('')).optional(),
});

/** Verifies a notification (form fields, signed with RSA2) and tells what it says. Never throws. */
export function readAlipayNotification(
  notification: RawNotification,
  gateway: AlipayGateway,
  merchant: AlipayMerchant,
  now: Date,
): NotificationResult {
  const fields = readForm(notification.body);
  if (typeof fields === 'string') return refuse('malformed', fields);
  if (!gateway.verifiesNotification(fields)) {
    return refuse(
      'bad_signature',
      fields.sign ? 'not an RSA2 signature of Alipay over these fields' : 'no signature',
    );
  }
  if (fields.app_id !== merchant.appId) return refuse('foreign', `app_id ${fields.app_id}`);
  if (fields.seller_id !== merchant.sellerId) return refuse('foreign', `seller_id ${fields.seller_id}`);

  const notice = tradeNotice.safeParse(fields);
  if (!notice.success) {
    const missing = notice.error.issues.map((issue) => issue.path.join('.')).join(', ');
    return refuse('malformed', `missing or malformed: ${missing}`);
  }
  return tellsOfRefund(notice.data)
    ? refundResult(notice.data)
    : {
        outcome: 'payment',
        notificationId: notice.data.notify_id,
        orderId: notice.data.out_trade_no,
        observation: observeTrade(notice.data, now),
      };
}

function refundResult(notice: z.infer<typeof tradeNotice>): NotificationResult {
  return {
    outcome: 'refund',
    notificationId: notice.notify_id,
    orderId: notice.out_trade_no,
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
