import { randomUUID } from 'node:crypto';
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { WechatBills } from '../bills/wechat-bills.js';
import { FaultyAnswers } from '../faults/faulty-answers.js';
import {
  queryOf,
  sendAnswer,
  type SandboxAnswer,
  type SandboxReply,
  type SandboxRequest,
} from '../http/sandbox-http.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import { verifyWechatRequest } from './wechat-authorization.js';
import { WechatError } from '../wire/wechat-error.js';
import { WechatRefunds } from './wechat-refunds.js';
import { signatureHeaders } from './wechat-signature.js';
import { WechatSigner } from './wechat-signer.js';
import { WechatTransactions } from './wechat-transactions.js';

/** WeChat Pay's APIv3, as far as orders, refunds and bills need it. */
@ApiExcludeController()
@Controller('sandbox/wechat/v3')
export class WechatGatewayController {
  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly transactions: WechatTransactions,
    private readonly refunds: WechatRefunds,
    private readonly bills: WechatBills,
    private readonly signer: WechatSigner,
    private readonly answers: FaultyAnswers,
  ) {}

  @Post('pay/transactions/native')
  native(@Req() request: SandboxRequest, @Res() reply: SandboxReply): Promise<void> {
    return this.run(request, reply, (body) => this.transactions.createNative(body));
  }

  @Post('pay/transactions/h5')
  h5(@Req() request: SandboxRequest, @Res() reply: SandboxReply): Promise<void> {
    return this.run(request, reply, (body) => this.transactions.createH5(body));
  }

  @Post('pay/transactions/jsapi')
  jsapi(@Req() request: SandboxRequest, @Res() reply: SandboxReply): Promise<void> {
    return this.run(request, reply, (body) => this.transactions.createJsapi(body));
  }

  @Get('pay/transactions/out-trade-no/:outTradeNo')
  query(
    @Req() request: SandboxRequest,
    @Res() reply: SandboxReply,
    @Param('outTradeNo') outTradeNo: string,
  ): Promise<void> {
    return this.run(request, reply, () => this.transactions.query(outTradeNo, queryOf(request).get('mchid')));
  }

  @Post('pay/transactions/out-trade-no/:outTradeNo/close')
  close(
    @Req() request: SandboxRequest,
    @Res() reply: SandboxReply,
    @Param('outTradeNo') outTradeNo: string,
  ): Promise<void> {
    return this.run(request, reply, (body) => this.transactions.close(outTradeNo, body));
  }

  @Post('refund/domestic/refunds')
  refund(@Req() request: SandboxRequest, @Res() reply: SandboxReply): Promise<void> {
    return this.run(request, reply, (body) => this.refunds.create(body));
  }

  @Get('refund/domestic/refunds/:refundNo')
  queryRefund(
    @Req() request: SandboxRequest,
    @Res() reply: SandboxReply,
    @Param('refundNo') refundNo: string,
  ): Promise<void> {
    return this.run(request, reply, () => this.refunds.query(refundNo));
  }

  @Get('certificates')
  certificates(@Req() request: SandboxRequest, @Res() reply: SandboxReply): Promise<void> {
    return this.run(request, reply, () => {
      const certificates = this.signer.certificates();
      if (!certificates) throw new WechatError(404, 'RESOURCE_NOT_EXISTS', '无可用的平台证书');
      return certificates;
    });
  }

  @Get('bill/tradebill')
  tradeBill(@Req() request: SandboxRequest, @Res() reply: SandboxReply): Promise<void> {
    return this.run(request, reply, () => this.bills.link(queryOf(request)));
  }

  /** The file itself goes out unsigned: its SHA-1 stands in the signed answer that names its address. */
  @Get('billdownload/file')
  billFile(@Req() request: SandboxRequest, @Res() reply: SandboxReply): void {
    const answer = this.orRefusal(request, () => {
      verifyWechatRequest(request, this.options.credentials.wechat);
      const body = this.bills.file(queryOf(request).get('token'));
      return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
    });
    sendAnswer(reply, answer);
  }

  /** Nothing is looked at before the signature; nothing, a 204 included, goes out unsigned. */
  private run(
    request: SandboxRequest,
    reply: SandboxReply,
    act: (body: Buffer) => object | void,
  ): Promise<void> {
    return this.answers.send('wechat', request, reply, () =>
      this.orRefusal(request, () => {
        const result = act(verifyWechatRequest(request, this.options.credentials.wechat));
        return this.signed(request, result ? 200 : 204, result ? JSON.stringify(result) : '');
      }),
    );
  }

  private orRefusal(request: SandboxRequest, act: () => SandboxAnswer): SandboxAnswer {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof WechatError)) throw error;
      const { code, message, detail } = error;
      const body = JSON.stringify({ code, message, ...(detail ? { detail } : {}) });
      return this.signed(request, error.status, body);
    }
  }

  private signed(request: SandboxRequest, status: number, body: string): SandboxAnswer {
    const headers = {
      ...(body ? { 'content-type': 'application/json; charset=utf-8' } : {}),
      'request-id': randomUUID(),
      // By the machine's clock, as the request was: merchants' SDKs know no other, even where a test moves the business clock.
      ...signatureHeaders(body, this.signer.forAnswer(request), new Date()),
    };
    return { status, headers, body };
  }
}
