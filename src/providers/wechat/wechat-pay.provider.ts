import type { Clock } from '../../time/clock.js';
import {
  assertBillDate,
  assertOrderId,
  assertPayable,
  assertRefundable,
  assertRefundQuery,
  methodOf,
} from '../order-rules.js';
import type {
  BillLine,
  UnreadableRow,
  CloseResult,
  CreateResult,
  KeyCheck,
  NotificationAnswer,
  NotificationResult,
  PaymentProvider,
  RefundOrder,
  RefundQuery,
  RefundResult,
} from '../payment-provider.js';
import type { RawNotification } from '../raw-notification.js';
import type { PaymentObservation } from '../payment-observation.js';
import type { PaymentOrder } from '../payment-order.js';
import { readPrivateKey } from '../rsa-keys.js';
import { saysOrderClosed, saysOrderPaid, saysOrderUnknown } from './error-codes.js';
import { checkWechatKeys, type KeyCheckSource } from './key-check.js';
import { openWechatOrder, WECHAT_METHODS, type WechatSeller } from './payment-methods.js';
import { downloadCertificates } from './platform-certificates.js';
import { platformKeys } from './platform-keys.js';
import { readRefund, readRefundQuery } from './refund-status.js';
import type { WechatSigner } from './request-signature.js';
import { withinBytes } from '../within-bytes.js';
import { RotatingKeys } from './rotating-keys.js';
import { observeTransaction, wechatTransaction } from './trade-state.js';
import { downloadWechatBill } from './wechat-bill.js';
import { readWechatNotification, type WechatMerchant } from './wechat-notification.js';
import { unknown, WechatPayClient } from './wechat-pay-client.js';
import type { WechatPayOptions } from './wechat-pay.options.js';

/** The channel counts bytes: of Chinese, 26 characters. */
const MAX_REASON_BYTES = 80;

/** WeChat Pay over APIv3: Native, H5 and JSAPI. */
export class WechatPayProvider implements PaymentProvider {
  readonly name = 'wechat';
  readonly methods: readonly string[] = WECHAT_METHODS;
  readonly billsRefundsWhen = 'asked';
  readonly acknowledgement: NotificationAnswer = { status: 204, contentType: 'application/json', body: '' };

  readonly #client: WechatPayClient;
  readonly #keys: RotatingKeys;
  readonly #signer: WechatSigner;
  readonly #merchant: Omit<WechatMerchant, 'platformKeys' | 'describeKeys'>;
  readonly #seller: WechatSeller;
  readonly #keyCheck: KeyCheckSource;
  readonly #clock: Clock;

  /** @throws Error that names the option that is missing or broken */
  constructor(options: WechatPayOptions, clock: Clock) {
    for (const name of ['appId', 'mchId', 'merchantSerial'] as const) {
      if (!options[name]) throw new Error(`WeChat Pay ${name} is missing`);
    }
    if (!URL.canParse(options.baseUrl))
      throw new Error(`WeChat Pay baseUrl is not a URL: ${options.baseUrl}`);
    const keyBytes = Buffer.byteLength(options.apiV3Key ?? '');
    if (keyBytes !== 32)
      throw new Error(`WeChat Pay apiV3Key is ${keyBytes} bytes long; it must be exactly 32`);
    const merchantKey = readPrivateKey(options.privateKey, 'WeChat Pay privateKey');
    const platform = platformKeys(options, merchantKey);
    if (platform.has(options.merchantSerial)) {
      throw new Error(
        "WeChat Pay merchantSerial is a serial of the channel's; set that of the merchant's certificate",
      );
    }

    this.#signer = { mchId: options.mchId, serial: options.merchantSerial, privateKey: merchantKey };
    const { baseUrl, apiV3Key, timeoutMs = 5000 } = options;
    const source = { baseUrl, apiV3Key, timeoutMs, signer: this.#signer };
    this.#keyCheck = { baseUrl, timeoutMs, signer: this.#signer, publicKeyId: options.publicKey?.id ?? null };
    const followsCertificates = options.platformCertificate !== undefined;
    this.#keys = new RotatingKeys(
      platform,
      followsCertificates ? (known) => downloadCertificates(source, known) : null,
      clock,
    );
    this.#client = new WechatPayClient(options, { merchant: merchantKey, platform: this.#keys });
    this.#merchant = {
      appId: options.appId,
      mchId: options.mchId,
      apiV3Key: options.apiV3Key,
    };
    this.#seller = { appId: options.appId, mchId: options.mchId, privateKey: merchantKey };
    this.#clock = clock;
  }

  async createPayment(order: PaymentOrder): Promise<CreateResult> {
    assertPayable(order);
    return openWechatOrder(this.#client, this.#seller, order, methodOf(order, WECHAT_METHODS));
  }

  async queryPayment(orderId: string): Promise<PaymentObservation> {
    assertOrderId(orderId);
    const answer = await this.#client.get(`v3/pay/transactions/out-trade-no/${orderId}`, {
      mchid: this.#merchant.mchId,
    });
    if (answer.kind === 'unknown') return unknown(answer);
    if (answer.kind === 'error') {
      if (saysOrderUnknown(answer.code)) return { outcome: 'pending' };
      if (saysOrderClosed(answer.code)) return { outcome: 'closed' };
      return { outcome: 'unknown', reason: `${answer.code} ${answer.message}` };
    }
    const transaction = wechatTransaction.safeParse(answer.data);
    if (!transaction.success)
      return { outcome: 'unknown', reason: 'the answer lacks fields of a transaction' };
    const { out_trade_no: about, mchid, appid } = transaction.data;
    if (about !== orderId || mchid !== this.#merchant.mchId || appid !== this.#merchant.appId) {
      return { outcome: 'unknown', reason: 'the answer is about another order, merchant or app' };
    }
    return observeTransaction(transaction.data, this.#clock.now());
  }

  async closePayment(orderId: string): Promise<CloseResult> {
    assertOrderId(orderId);
    const answer = await this.#client.post(`v3/pay/transactions/out-trade-no/${orderId}/close`, {
      mchid: this.#merchant.mchId,
    });
    if (answer.kind === 'ok') return { outcome: 'closed' };
    if (answer.kind === 'unknown') return unknown(answer);
    if (saysOrderPaid(answer.code)) return { outcome: 'paid' };
    // Not known at the channel: no code of it ever reached a buyer, so nobody can pay it.
    if (saysOrderClosed(answer.code) || saysOrderUnknown(answer.code)) return { outcome: 'closed' };
    return this.#whyNotClosed(orderId, answer.code);
  }

  async refund(refund: RefundOrder): Promise<RefundResult> {
    assertRefundable(refund);
    const answer = await this.#client.post('v3/refund/domestic/refunds', {
      out_trade_no: refund.orderId,
      out_refund_no: refund.refundNo,
      ...(refund.reason === null ? {} : { reason: withinBytes(refund.reason, MAX_REASON_BYTES) }),
      notify_url: refund.notifyUrl,
      amount: { refund: refund.amountFen, total: refund.orderAmountFen, currency: refund.currency },
    });
    return readRefund(answer, refund);
  }

  async queryRefund(refund: RefundQuery): Promise<RefundResult> {
    assertRefundQuery(refund);
    return readRefundQuery(await this.#client.get(`v3/refund/domestic/refunds/${refund.refundNo}`), refund);
  }

  async readNotification(notification: RawNotification): Promise<NotificationResult> {
    this.#keys.refreshInTime();
    const serial = notification.headers['wechatpay-serial'];
    if (typeof serial === 'string') await this.#keys.learn(serial);
    const merchant = {
      ...this.#merchant,
      platformKeys: this.#keys.all,
      describeKeys: () => this.#keys.held,
    };
    return readWechatNotification(notification, merchant, this.#clock.now());
  }

  checkKeys(): Promise<KeyCheck> {
    return checkWechatKeys(this.#keyCheck, this.#keys);
  }

  downloadBill(date: string): AsyncIterable<BillLine | UnreadableRow> {
    assertBillDate(date);
    return downloadWechatBill(this.#client, this.#signer, date);
  }

  refusal(status: number, message: string): NotificationAnswer {
    return { status, contentType: 'application/json', body: JSON.stringify({ code: 'FAIL', message }) };
  }

  /** TRADE_ERROR and its like say that the state forbids a close, not which state it is. */
  async #whyNotClosed(orderId: string, code: string): Promise<CloseResult> {
    const seen = await this.queryPayment(orderId);
    if (seen.outcome === 'paid' || seen.outcome === 'refunded') return { outcome: 'paid' };
    if (seen.outcome === 'closed') return { outcome: 'closed' };
    return {
      ...(seen.outcome === 'unknown' ? seen : { outcome: 'unknown' }),
      reason: `the close was refused with ${code} while the order is ${seen.outcome}`,
    };
  }
}
