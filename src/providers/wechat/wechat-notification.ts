import { verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { channelNumber } from '../channel-number.js';
import type { PaymentObservation } from '../payment-observation.js';
import type { NotificationRefusal, NotificationResult } from '../payment-provider.js';
import type { RawNotification } from '../raw-notification.js';
import { readRefundStatus } from './refund-status.js';
import { observeTransaction, wechatTransaction } from './trade-state.js';
import { wechatSdk } from './wechat-sdk.js';

/** Whose notifications these may be, and what it takes to read them. */
export interface WechatMerchant {
  appId: string;
  mchId: string;
  apiV3Key: string;
  platformKeys: ReadonlyMap<string, KeyObject>;
  /** Which keys these are, for a person who looks for a wrong one. */
  describeKeys: () => string;
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

/** What a notification of ours can't do without beside its own number: the order's. */
const reference = z.object({
  mchid: z.string().nullish(),
  appid: z.string().nullish(),
  out_trade_no: channelNumber,
});

const refundNotice = z.object({
  out_trade_no: channelNumber,
  out_refund_no: channelNumber,
  transaction_id: channelNumber.or(z.literal('')).nullish(),
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
  if (refusal?.reason === 'bad_signature')
    return { ...refusal, detail: `${refusal.detail}; ${merchant.describeKeys()}` };
  if (refusal) return refusal;

  const parsed = envelope.safeParse(parseJson(notification.body.toString('utf8')));
  if (!parsed.success) return refuse('malformed', `missing or malformed: ${fieldsOf(parsed.error)}`);
  const { id, event_type: eventType, resource } = parsed.data;
  const text = decrypt(resource, merchant.apiV3Key);
  if (text === null) {
    const detail =
      'signed by WeChat Pay, but the resource does not decrypt: compare the APIv3 key with the merchant platform';
    return { ...refuse('malformed', detail), keyFault: true };
  }

  const content = parseJson(text);
  const about = reference.safeParse(content);
  if (!about.success) return refuse('malformed', `missing or malformed: ${fieldsOf(about.error)}`);
  const { mchid, appid, out_trade_no: orderId } = about.data;
  if (mchid && mchid !== merchant.mchId) return refuse('foreign', `mchid ${mchid}`);
  if (appid && appid !== merchant.appId) return refuse('foreign', `appid ${appid}`);

  if (eventType.startsWith('TRANSACTION.'))
    return { outcome: 'payment', notificationId: id, orderId, observation: readTransaction(content) };
  if (eventType.startsWith('REFUND.')) return readRefundNotice(id, orderId, content);
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

/** What it lacks, a query tells: that of an order, for example, whose `success_time` is null. */
function readTransaction(content: unknown): PaymentObservation {
  const transaction = wechatTransaction.safeParse(content);
  if (transaction.success) return observeTransaction(transaction.data, null);
  return { outcome: 'unknown', reason: `missing or malformed: ${fieldsOf(transaction.error)}` };
}

/** A refund's notice names no app, only the merchant. */
function readRefundNotice(notificationId: string, orderId: string, content: unknown): NotificationResult {
  const about = { outcome: 'refund', notificationId, orderId, refundedFen: null } as const;
  const notice = refundNotice.safeParse(content);
  if (!notice.success) {
    const { data: refundNo = null } = channelNumber.safeParse(
      (content as { out_refund_no?: unknown }).out_refund_no,
    );
    const reason = `missing or malformed: ${fieldsOf(notice.error)}`;
    return {
      ...about,
      refundNo,
      result: { outcome: 'unknown', reason },
      amountFen: null,
      orderAmountFen: null,
    };
  }
  const { out_refund_no: refundNo, amount, refund_status: status, success_time: at } = notice.data;
  const { transaction_id: tradeNo } = notice.data;
  return {
    ...about,
    ...(tradeNo ? { tradeNo } : {}),
    refundNo,
    result: readRefundStatus(status, at),
    amountFen: amount.refund,
    orderAmountFen: amount.total,
  };
}

function decrypt(resource: z.infer<typeof envelope>['resource'], apiV3Key: string): string | null {
  const { ciphertext, nonce, associated_data: associatedData } = resource;
  try {
    return wechatSdk().Aes.AesGcm.decrypt(ciphertext, apiV3Key, nonce, associatedData ?? '');
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
