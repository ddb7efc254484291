import { z } from 'zod';
import { yuanFromFen } from '../../money/fen.js';
import type { Clock } from '../../time/clock.js';
import { parseBeijingDateTime } from '../beijing-time.js';
import { assertOrderId, assertPayable } from '../order-rules.js';
import type {
  AgreementNotification,
  AgreementObservation,
  AgreementRequest,
  CancelResult,
  ChargeResult,
  PaymentAgreements,
  SignResult,
} from '../payment-agreements.js';
import type { RawNotification } from '../raw-notification.js';
import type { PaymentOrder } from '../payment-order.js';
import type { AlipayAgreementOptions } from './alipay.options.js';
import { unknown, type AlipayGateway } from './alipay-gateway.js';
import { readForm } from './alipay-form.js';
import { refusesCharge, saysNoAgreement } from './error-codes.js';
import { alipayTrade, observeTrade } from './trade-status.js';

/** What the contract with Alipay names (商家扣款): the merchant's product, and the personal one that buyers sign. */
const PRODUCT = 'GENERAL_WITHHOLDING';
const PERSONAL_PRODUCT = 'GENERAL_WITHHOLDING_P';

const agreementFields = z.object({
  external_agreement_no: z.string().min(1),
  agreement_no: z.string().min(1),
  status: z.string().min(1),
  sign_time: z.string().optional(),
});

type AgreementFields = z.infer<typeof agreementFields>;

/** Alipay's 商家扣款: the buyer signs on a page of Alipay's, then `alipay.trade.pay` charges without the buyer. */
export class AlipayAgreements implements PaymentAgreements {
  readonly #gateway: AlipayGateway;
  readonly #appId: string;
  readonly #signScene: string;
  readonly #clock: Clock;

  constructor(gateway: AlipayGateway, appId: string, options: AlipayAgreementOptions, clock: Clock) {
    this.#gateway = gateway;
    this.#appId = appId;
    this.#signScene = options.signScene ?? 'DEFAULT|DEFAULT';
    this.#clock = clock;
  }

  async sign({ agreementId, account, notifyUrl, returnUrl }: AgreementRequest): Promise<SignResult> {
    assertOrderId(agreementId);
    const bizContent = {
      product_code: PRODUCT,
      ...this.#which(agreementId),
      access_params: { channel: 'QRCODEORSMS' },
      ...(account === null ? {} : { external_logon_id: account }),
    };
    const urls = { notify_url: notifyUrl, ...(returnUrl === null ? {} : { return_url: returnUrl }) };
    const signUrl = this.#gateway.pageUrl('alipay.user.agreement.page.sign', bizContent, urls);
    return { outcome: 'created', signUrl };
  }

  async query(agreementId: string): Promise<AgreementObservation> {
    assertOrderId(agreementId);
    const answer = await this.#gateway.call('alipay.user.agreement.query', this.#which(agreementId));
    if (answer.kind === 'unknown') return unknown(answer);
    if (answer.kind === 'error') {
      if (saysNoAgreement(answer.code)) return { outcome: 'pending' };
      return { outcome: 'unknown', reason: `${answer.code} ${answer.message}` };
    }
    const fields = agreementFields.safeParse(answer.fields);
    if (!fields.success || fields.data.external_agreement_no !== agreementId) {
      return { outcome: 'unknown', reason: 'the answer lacks fields of an agreement, or is about another' };
    }
    return observe(fields.data);
  }

  async charge(order: PaymentOrder, agreementNo: string): Promise<ChargeResult> {
    assertPayable(order);
    const answer = await this.#gateway.call(
      'alipay.trade.pay',
      {
        out_trade_no: order.orderId,
        product_code: PRODUCT,
        total_amount: yuanFromFen(order.amountFen),
        subject: order.subject,
        agreement_params: { agreement_no: agreementNo },
      },
      { notify_url: order.notifyUrl },
    );
    if (answer.kind === 'unknown') return unknown(answer);
    if (answer.kind === 'error') {
      const { code, message } = answer;
      if (code === '10003') return { outcome: 'pending' };
      return refusesCharge(code)
        ? { outcome: 'refused', code, message }
        : { outcome: 'unknown', reason: `${code} ${message}` };
    }
    // The answer is the trade without its status: 10000 says that it succeeded.
    const trade = alipayTrade.safeParse({ ...answer.fields, trade_status: 'TRADE_SUCCESS' });
    if (!trade.success || trade.data.out_trade_no !== order.orderId) {
      return {
        outcome: 'unknown',
        reason: 'the answer to the charge lacks fields, or is about another order',
      };
    }
    return observeTrade(trade.data, this.#clock.now());
  }

  async cancel(agreementId: string): Promise<CancelResult> {
    assertOrderId(agreementId);
    const answer = await this.#gateway.call('alipay.user.agreement.unsign', this.#which(agreementId));
    if (answer.kind === 'ok') return { outcome: 'ended' };
    if (answer.kind === 'unknown') return unknown(answer);
    // Nothing in force under this number: nothing that could be charged.
    if (saysNoAgreement(answer.code)) return { outcome: 'ended' };
    return { outcome: 'unknown', reason: `${answer.code} ${answer.message}` };
  }

  async readNotification({ body }: RawNotification): Promise<AgreementNotification | null> {
    const fields = readForm(body);
    if (typeof fields === 'string') return null;
    if (fields.notify_type !== 'dut_user_sign' && fields.notify_type !== 'dut_user_unsign') return null;
    if (!this.#gateway.verifiesNotification(fields)) return null;
    // It names no seller: an agreement is the application's.
    if (fields.app_id !== this.#appId || !fields.notify_id) return null;
    const agreement = agreementFields.safeParse(fields);
    if (!agreement.success) return null;
    return {
      notificationId: fields.notify_id,
      agreementId: agreement.data.external_agreement_no,
      observation: observe(agreement.data),
    };
  }

  #which(agreementId: string) {
    return {
      personal_product_code: PERSONAL_PRODUCT,
      sign_scene: this.#signScene,
      external_agreement_no: agreementId,
    };
  }
}

function observe({ status, agreement_no: agreementNo, sign_time }: AgreementFields): AgreementObservation {
  switch (status) {
    case 'TEMP':
      return { outcome: 'pending' };
    case 'NORMAL':
      return { outcome: 'active', agreementNo, signedAt: parseBeijingDateTime(sign_time ?? '') };
    case 'STOP':
    case 'UNSIGN':
      return { outcome: 'ended' };
    default:
      return { outcome: 'unknown', reason: `status ${status}` };
  }
}
