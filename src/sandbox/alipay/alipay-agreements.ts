import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { yuanFromFen } from '../../money/fen.js';
import { AgreementSigner } from '../agreements/agreement-signer.js';
import { SandboxAgreements } from '../records/sandbox-agreements.js';
import type { SandboxAgreement } from '../records/sandbox-agreement.js';
import { channelNumber } from '../records/channel-number.js';
import { pay } from '../records/sandbox-order.js';
import { SandboxOrders } from '../records/sandbox-orders.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import { agreementPayBiz, readBiz } from '../wire/alipay-biz.js';
import { AlipayError } from '../wire/alipay-error.js';
import { AlipayNotices } from './alipay-notices.js';
import type { AlipayCall } from '../wire/alipay-request.js';
import { beijingTime } from '../wire/alipay-time.js';
import { AlipayTrades, BUYER, type AlipayAnswerFields } from './alipay-trades.js';

const whichAgreement = z.object({
  external_agreement_no: z.string().regex(/^[0-9A-Za-z_-]{1,32}$/),
  personal_product_code: z.literal('GENERAL_WITHHOLDING_P'),
  sign_scene: z.string().min(1),
});
const signBiz = whichAgreement.extend({
  product_code: z.literal('GENERAL_WITHHOLDING'),
  access_params: z.object({ channel: z.string().min(1) }),
});

/** Charging by agreement (商家扣款): signed by the buyer, asked about, used and ended by the merchant. */
@Injectable()
export class AlipayAgreements {
  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly agreements: SandboxAgreements,
    private readonly signer: AgreementSigner,
    private readonly orders: SandboxOrders,
    private readonly trades: AlipayTrades,
    private readonly notices: AlipayNotices,
  ) {}

  /** alipay.user.agreement.page.sign: the agreement exists from the moment that the buyer opens the link. */
  openPage(call: AlipayCall): SandboxAgreement {
    const biz = readBiz(signBiz, call.biz);
    const known = this.agreements.find(biz.external_agreement_no);
    if (known) return known;
    return this.agreements.save({
      externalNo: biz.external_agreement_no,
      agreementNo: channelNumber(beijingTime(this.options.clock.now(), 'yyyy'), 20),
      signScene: biz.sign_scene,
      notifyUrl: call.notifyUrl,
      returnUrl: call.returnUrl,
      state: 'unsigned',
      signedAt: null,
    });
  }

  /** alipay.user.agreement.query */
  query(call: AlipayCall): AlipayAnswerFields {
    const agreement = this.existing(call);
    return {
      agreement_no: agreement.agreementNo,
      external_agreement_no: agreement.externalNo,
      status: { unsigned: 'TEMP', signed: 'NORMAL', ended: 'STOP' }[agreement.state],
      sign_scene: agreement.signScene,
      ...(agreement.signedAt ? { sign_time: beijingTime(new Date(agreement.signedAt)) } : {}),
    };
  }

  /** alipay.user.agreement.unsign */
  unsign(call: AlipayCall): AlipayAnswerFields {
    const agreement = this.existing(call);
    if (agreement.state !== 'signed') throw noSuchAgreement();
    this.signer.end(agreement);
    return {};
  }

  /** alipay.trade.pay on an agreement: the same order again gives the same answer and charges once. */
  pay(call: AlipayCall): AlipayAnswerFields {
    const biz = readBiz(agreementPayBiz, call.biz);
    const known = this.orders.find('alipay', biz.out_trade_no);
    if (known?.state !== 'paid') this.refuseUncharged(biz.agreement_params.agreement_no);
    const order = this.trades.open(call, biz, {});
    if (order.state === 'closed') throw AlipayError.business('TRADE_HAS_CLOSE', '交易已经关闭');
    const paid = order.state === 'paid' ? order : this.orders.save(pay(order, this.options.clock.now()));
    if (order.state === 'unpaid') this.notices.paid(paid);
    return {
      ...BUYER,
      out_trade_no: paid.outTradeNo,
      trade_no: paid.channelTradeNo,
      total_amount: yuanFromFen(paid.amountFen),
      receipt_amount: yuanFromFen(paid.amountFen),
      gmt_payment: beijingTime(new Date(paid.paidAt!)),
    };
  }

  /** @throws AlipayError where nothing can be charged on the agreement */
  private refuseUncharged(agreementNo: string): void {
    const agreement = this.agreements.findByNo(agreementNo);
    if (agreement?.state !== 'signed')
      throw AlipayError.business('AGREEMENT_NOT_EXIST', '用户未签约该协议或已解约');
    if (agreement.empty) throw AlipayError.business('BUYER_BALANCE_NOT_ENOUGH', '买家余额不足');
  }

  private existing(call: AlipayCall): SandboxAgreement {
    const agreement = this.agreements.find(readBiz(whichAgreement, call.biz).external_agreement_no);
    if (!agreement) throw noSuchAgreement();
    return agreement;
  }
}

function noSuchAgreement(): AlipayError {
  return new AlipayError('40004', 'USER_AGREEMENT_NOT_EXIST', '用户协议不存在');
}
