import { randomUUID } from 'node:crypto';
import { yuanFromFen } from '../../money/fen.js';
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
import type { PaymentAgreements } from '../payment-agreements.js';
import { AlipayAgreements } from './alipay-agreements.js';
import { downloadAlipayBill } from './alipay-bill.js';
import { AlipayGateway, unknown } from './alipay-gateway.js';
import { readAlipayNotification, type AlipayMerchant } from './alipay-notification.js';
import type { AlipayOptions } from './alipay.options.js';
import { TRADE_NOT_EXIST } from './error-codes.js';
import { ALIPAY_METHODS, openAlipayOrder } from './payment-methods.js';
import { readRefund, readRefundQuery } from './refund-answers.js';
import { alipayTrade, observeTrade } from './trade-status.js';

/** Alipay's payments on websites, computer or mobile, and by a code to scan. */
export class AlipayProvider implements PaymentProvider {
  readonly name = 'alipay';
  readonly methods: readonly string[] = ALIPAY_METHODS;
  readonly acknowledgement: NotificationAnswer = { status: 200, contentType: 'text/plain', body: 'success' };

  readonly agreements?: PaymentAgreements;

  readonly #gateway: AlipayGateway;
  readonly #merchant: AlipayMerchant;
  readonly #clock: Clock;

  /** @throws Error that names the option that is missing or broken */
  constructor(options: AlipayOptions, clock: Clock) {
    if (!options.sellerId) throw new Error('Alipay sellerId is missing');
    this.#gateway = new AlipayGateway(options);
    this.#merchant = { appId: options.appId, sellerId: options.sellerId };
    this.#clock = clock;
    if (options.agreements)
      this.agreements = new AlipayAgreements(this.#gateway, options.appId, options.agreements, clock);
  }

  async createPayment(order: PaymentOrder): Promise<CreateResult> {
    assertPayable(order);
    return openAlipayOrder(this.#gateway, order, methodOf(order, ALIPAY_METHODS));
  }

  async queryPayment(orderId: string): Promise<PaymentObservation> {
    assertOrderId(orderId);
    const answer = await this.#gateway.call('alipay.trade.query', { out_trade_no: orderId });
    if (answer.kind === 'unknown') return unknown(answer);
    if (answer.kind === 'error') {
      if (answer.code === TRADE_NOT_EXIST) return { outcome: 'pending' };
      return { outcome: 'unknown', reason: `${answer.code} ${answer.message}` };
    }
    const trade = alipayTrade.safeParse(answer.fields);
    if (!trade.success)
      return { outcome: 'unknown', reason: 'the answer to the query lacks fields of a trade' };
    if (trade.data.out_trade_no !== orderId) {
      return { outcome: 'unknown', reason: 'the answer to the query is about another order' };
    }
    return observeTrade(trade.data, this.#clock.now());
  }

  async closePayment(orderId: string): Promise<CloseResult> {
    assertOrderId(orderId);
    const answer = await this.#gateway.call('alipay.trade.close', { out_trade_no: orderId });
    if (answer.kind === 'unknown') return unknown(answer);
    if (answer.kind === 'ok') {
      if (answer.fields.out_trade_no === orderId) return { outcome: 'closed' };
      return { outcome: 'unknown', reason: 'the answer to the close is about another order' };
    }
    // There is no trade before the buyer opens the link, and the link itself can't be withdrawn.
    if (answer.code === TRADE_NOT_EXIST) return { outcome: 'closed', linkLives: true };
    return this.#whyNotClosed(orderId, answer.code);
  }

  async refund(refund: RefundOrder): Promise<RefundResult> {
    assertRefundable(refund);
    const answer = await this.#gateway.call('alipay.trade.refund', {
      out_trade_no: refund.orderId,
      refund_amount: yuanFromFen(refund.amountFen),
      out_request_no: refund.refundNo,
      ...(refund.reason === null ? {} : { refund_reason: refund.reason }),
    });
    return readRefund(answer, refund);
  }

  async queryRefund(refund: RefundQuery): Promise<RefundResult> {
    assertRefundQuery(refund);
    const answer = await this.#gateway.call('alipay.trade.fastpay.refund.query', {
      out_trade_no: refund.orderId,
      out_request_no: refund.refundNo,
      query_options: ['gmt_refund_pay'],
    });
    return readRefundQuery(answer, refund);
  }

  async readNotification(notification: RawNotification): Promise<NotificationResult> {
    return readAlipayNotification(notification, this.#gateway, this.#merchant);
  }

  /** By a query for an order that nobody made: Alipay signs that it knows none. */
  async checkKeys(): Promise<KeyCheck> {
    const answer = await this.#gateway.call('alipay.trade.query', {
      out_trade_no: randomUUID().replaceAll('-', ''),
    });
    if (answer.kind !== 'unknown') return { outcome: 'right' };
    return { outcome: answer.keyFault ? 'wrong' : 'unknown', reason: answer.reason };
  }

  downloadBill(date: string): AsyncIterable<BillLine | UnreadableRow> {
    assertBillDate(date);
    return downloadAlipayBill(this.#gateway, date);
  }

  refusal(status: number): NotificationAnswer {
    return { status, contentType: 'text/plain', body: 'fail' };
  }

  /** The refusal of a close says that the state forbids it, not which state it is. */
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
