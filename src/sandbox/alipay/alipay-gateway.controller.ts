import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AlipayBills } from '../bills/alipay-bills.js';
import { FaultyAnswers } from '../faults/faulty-answers.js';
import { alipaySerial } from '../options/alipay-serial.js';
import {
  queryOf,
  sendAnswer,
  type SandboxAnswer,
  type SandboxReply,
  type SandboxRequest,
} from '../http/sandbox-http.js';
import { messagePage } from '../pages/message-page.js';
import {
  agreementUrl,
  cashierUrl,
  SANDBOX_OPTIONS,
  type SandboxOptions,
} from '../options/sandbox.options.js';
import { AlipayAgreements } from './alipay-agreements.js';
import { AlipayError } from '../wire/alipay-error.js';
import { AlipayRefunds } from './alipay-refunds.js';
import { isPage, methodOf, readAlipayCall, type AlipayCall } from '../wire/alipay-request.js';
import { signRsa2 } from '../wire/alipay-signature.js';
import { AlipayTrades, type AlipayAnswerFields } from './alipay-trades.js';

/** Alipay's one address for everything: the `method` parameter tells what is asked. */
@ApiExcludeController()
@Controller('sandbox/alipay')
export class AlipayGatewayController {
  private readonly methods: ReadonlyMap<string, (call: AlipayCall) => AlipayAnswerFields>;

  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly trades: AlipayTrades,
    refunds: AlipayRefunds,
    private readonly agreements: AlipayAgreements,
    private readonly bills: AlipayBills,
    private readonly answers: FaultyAnswers,
  ) {
    this.methods = new Map([
      ['alipay.trade.precreate', (call) => trades.precreate(call)],
      ['alipay.trade.query', (call) => trades.query(call)],
      ['alipay.trade.close', (call) => trades.close(call)],
      ['alipay.trade.refund', (call) => refunds.refund(call)],
      ['alipay.trade.fastpay.refund.query', (call) => refunds.query(call)],
      ['alipay.trade.pay', (call) => agreements.pay(call)],
      ['alipay.user.agreement.query', (call) => agreements.query(call)],
      ['alipay.user.agreement.unsign', (call) => agreements.unsign(call)],
      ['alipay.data.dataservice.bill.downloadurl.query', (call) => bills.link(call)],
    ]);
  }

  @Get('gateway.do')
  get(@Req() request: SandboxRequest, @Res() reply: SandboxReply): Promise<void> {
    return this.serve(request, reply);
  }

  @Post('gateway.do')
  post(@Req() request: SandboxRequest, @Res() reply: SandboxReply): Promise<void> {
    return this.serve(request, reply);
  }

  @Get('bill.zip')
  async bill(@Req() request: SandboxRequest, @Res() reply: SandboxReply): Promise<void> {
    const file = await this.bills.file(queryOf(request).get('token'));
    if (!file) return sendAnswer(reply, messagePage(403, 'zh-CN', '下载链接已失效', 'bill.zip'));
    sendAnswer(reply, { status: 200, headers: { 'content-type': 'application/zip' }, body: file });
  }

  /** Faults befall the merchant's calls, not the buyer's browser. */
  private async serve(request: SandboxRequest, reply: SandboxReply): Promise<void> {
    const method = methodOf(request);
    if (isPage(method)) return sendAnswer(reply, this.openPage(request));
    await this.answers.send('alipay', request, reply, () => this.callMethod(method, request));
  }

  private openPage(request: SandboxRequest): SandboxAnswer {
    try {
      const headers = { location: this.pageOf(this.read(request)), 'cache-control': 'no-store' };
      return { status: 302, headers, body: '' };
    } catch (error) {
      if (!(error instanceof AlipayError)) throw error;
      return messagePage(400, 'zh-CN', error.subMsg, error.subCode);
    }
  }

  private pageOf(call: AlipayCall): string {
    if (call.method === 'alipay.user.agreement.page.sign')
      return agreementUrl(this.options, this.agreements.openPage(call).externalNo);
    return cashierUrl(this.options, this.trades.openPage(call).outTradeNo);
  }

  private callMethod(method: string, request: SandboxRequest): SandboxAnswer {
    try {
      const call = this.read(request);
      const run = this.methods.get(method);
      if (!run) throw AlipayError.invalid('method', '不存在的方法名');
      return this.signed(method, { code: '10000', msg: 'Success', ...run(call) });
    } catch (error) {
      if (!(error instanceof AlipayError)) throw error;
      const { code, msg, subCode, subMsg } = error;
      return this.signed(method, { code, msg, sub_code: subCode, sub_msg: subMsg });
    }
  }

  private read(request: SandboxRequest): AlipayCall {
    const { credentials, alipayCertificates } = this.options;
    return readAlipayCall(request, credentials.alipay, alipayCertificates);
  }

  /** The signature covers the inner object's bytes just as they stand in the answer. */
  private signed(method: string, fields: AlipayAnswerFields): SandboxAnswer {
    // Alipay escapes slashes: whoever verifies over re-serialised JSON is found out here.
    const inner = JSON.stringify(fields).replaceAll('/', '\\/');
    const sign = signRsa2(inner, this.options.credentials.alipay.privateKey);
    const name = this.methods.has(method) ? `${method.replaceAll('.', '_')}_response` : 'error_response';
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    return { status: 200, headers, body: `{"${name}":${inner}${this.certificate()},"sign":"${sign}"}` };
  }

  /** In certificate mode an answer names the certificate that verifies it. */
  private certificate(): string {
    const { alipayCertificates } = this.options;
    return alipayCertificates ? `,"alipay_cert_sn":"${alipaySerial(alipayCertificates.alipay)}"` : '';
  }
}
