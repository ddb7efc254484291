import { parseBeijingDateTime } from '../beijing-time.js';
import type { NotificationRefusal, NotificationResult, RawNotification } from '../payment-provider.js';
import { readForm } from './alipay-form.js';
import type { AlipayGateway } from './alipay-gateway.js';
import {
  alipayTrade,
  observeTrade,
  refundedInTotal,
  tellsOfRefund,
  type AlipayTrade,
} from './trade-status.js';

/** Whose notifications these may be. */
export interface AlipayMerchant {
  appId: string;
  sellerId: string;
}

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

  const trade = alipayTrade.safeParse(fields);
  if (!trade.success || !fields.notify_id) {
    const missing = trade.success
      ? 'notify_id'
      : trade.error.issues.map((issue) => issue.path.join('.')).join(', ');
    return refuse('malformed', `missing or malformed: ${missing}`);
  }
  return tellsOfRefund(trade.data)
    ? refundResult(fields.notify_id, trade.data, fields.out_biz_no)
    : {
        outcome: 'payment',
        notificationId: fields.notify_id,
        orderId: trade.data.out_trade_no,
        observation: observeTrade(trade.data, now),
      };
}

function refundResult(
  notificationId: string,
  trade: AlipayTrade,
  outBizNo: string | undefined,
): NotificationResult {
  return {
    outcome: 'refund',
    notificationId,
    orderId: trade.out_trade_no,
    refundNo: outBizNo || null,
    result: { outcome: 'succeeded', refundedAt: parseBeijingDateTime(trade.gmt_refund ?? '') },
    amountFen: null,
    refundedFen: refundedInTotal(trade),
  };
}

function refuse(reason: NotificationRefusal, detail: string): NotificationResult {
  return { outcome: 'refused', reason, detail };
}
