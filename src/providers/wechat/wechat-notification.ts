import { verify, type KeyObject } from 'node:crypto';
import { Aes } from 'wechatpay-axios-plugin';
import { z } from 'zod';
import { channelNumber } from '../channel-number.js';
import type { NotificationRefusal, NotificationResult } from '../payment-provider.js';
import type { RawNotification } from '../raw-notification.js';
import { readRefundStatus } from './refund-status.js';
import { observeTransaction, wechatTransaction } from './trade-state.js';

/** Whose notifications these may be, and what it takes to read them. */
export interface WechatMerchant {
  appId: string;
  mchId: string;
  apiV3Key: string;
  platformKeys: ReadonlyMap<string, KeyObject>;
}

const MAX_AGE_SECONDS = 300;

/** The channel sends such signatures now and then, to learn whether the merchant verifies at all. */
const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/';

const envelope = z.object({
  id: channelNumber,
  event_type: z.string(),
  resource: z.object({
    algorithm: z.literal('AEAD_AES_256_GCM'),
    ciphertext: z.string(),
    nonce: z.string(),
    associated_data: z.string().nullish(),
  }),
});

const refundNotice = z.object({
  mchid: z.string(),
  out_trade_no: channelNumber,
  out_refund_no: channelNumber,
  refund_status: z.string(),
  success_time: z.string().nullish(),
  amount: z.object({ refund: z.int().positive(), total: z.int().positive() }),
});

/** Verifies a notification over its raw bytes, decrypts it and tells what it says. Never throws. */
export function readWechatNotification(
  notification: RawNotification,
  merchant: WechatMerchant,
  now: Date,
): NotificationResult {
  const refusal = verifyOrigin(notification, merchant.platformKeys, now);
  if (refusal) return refusal;

  const parsed = envelope.safeParse(parseJson(notification.body.toString('utf8')));
  if (!parsed.success) return refuse('malformed', `missing or malformed: ${fieldsOf(parsed.error)}`);
  const { id, event_type: eventType, resource } = parsed.data;
  const content = decrypt(resource, merchant.apiV3Key);
  if (content === null) return refuse('malformed', 'the resource does not decrypt with this APIv3 key');

  if (eventType.startsWith('TRANSACTION.')) return readTransaction(id, content, merchant, now);
  if (eventType.startsWith('REFUND.')) return readRefundNotice(id, content, merchant);
  return refuse('malformed', `event_type ${eventType} is neither of a transaction nor of a refund`);
}

/** Null where the channel signed these very bytes, and lately. */
export function verifyOrigin(
  { headers, body }: RawNotification,
  keys: WechatMerchant['platformKeys'],
  now: Date,
): (NotificationResult & { outcome: 'refused' }) | null {
  const [timestamp, nonce, serial, signature] = ['timestamp', 'nonce', 'serial', 'signature'].map(
    (name) => headers[`wechatpay-${name}`],
  );
  if (!isText(timestamp) || !isText(nonce) || !isText(serial) || !isText(signature)) {
    return refuse('bad_signature', 'one of the four Wechatpay- headers is missing or repeated');
  }
  if (signature.startsWith(PROBE_PREFIX)) return refuse('probe', 'a probe of the channel');
  if (!/^\d{1,12}$/.test(timestamp)) return refuse('malformed', 'Wechatpay-Timestamp is not in seconds');
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > MAX_AGE_SECONDS) {
    return refuse('stale', `Wechatpay-Timestamp ${timestamp} is more than ${MAX_AGE_SECONDS} s off`);
  }
  const key = keys.get(serial);
  if (!key) return refuse('bad_signature', `no key of serial ${serial}`);
  // Not the SDK's verify: it takes text, and bytes that aren't UTF-8 would not survive the way into text and back.
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
  if (!verify('RSA-SHA256', message, key, Buffer.from(signature, 'base64'))) {
    return refuse('bad_signature', `not a signature of ${serial} over these bytes`);
  }
  return null;
}

function readTransaction(
  id: string,
  content: unknown,
  merchant: WechatMerchant,
  now: Date,
): NotificationResult {
  const transaction = wechatTransaction.safeParse(content);
  if (!transaction.success)
    return refuse('malformed', `missing or malformed: ${fieldsOf(transaction.error)}`);
  const { mchid, appid, out_trade_no: orderId } = transaction.data;
  if (mchid !== merchant.mchId) return refuse('foreign', `mchid ${mchid}`);
  if (appid !== merchant.appId) return refuse('foreign', `appid ${appid}`);
  return {
    outcome: 'payment',
    notificationId: id,
    orderId,
    observation: observeTransaction(transaction.data, now),
  };
}

/** A refund's notice names no app, only the merchant. */
function readRefundNotice(id: string, content: unknown, merchant: WechatMerchant): NotificationResult {
  const refund = refundNotice.safeParse(content);
  if (!refund.success) return refuse('malformed', `missing or malformed: ${fieldsOf(refund.error)}`);
  const { mchid, out_trade_no: orderId, out_refund_no: refundNo, amount } = refund.data;
  if (mchid !== merchant.mchId) return refuse('foreign', `mchid ${mchid}`);
  const result = readRefundStatus(refund.data.refund_status, refund.data.success_time);
  return {
    outcome: 'refund',
    notificationId: id,
    orderId,
    refundNo,
    result,
    amountFen: amount.refund,
    refundedFen: null,
    orderAmountFen: amount.total,
  };
}

function decrypt(resource: z.infer<typeof envelope>['resource'], apiV3Key: string): unknown {
  try {
    return JSON.parse(
      Aes.AesGcm.decrypt(resource.ciphertext, apiV3Key, resource.nonce, resource.associated_data ?? ''),
    );
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isText(header: string | string[] | undefined): header is string {
  return typeof header === 'string' && header !== '';
}

function fieldsOf(error: z.ZodError): string {
  return error.issues.map((issue) => issue.path.join('.') || 'the body').join(', ');
}

function refuse(reason: NotificationRefusal, detail: string): NotificationResult & { outcome: 'refused' } {
  return { outcome: 'refused', reason, detail };
}
