import { randomUUID } from 'node:crypto';
import { Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { WechatBills } from '../bills/wechat-bills.js';
import { queryOf, sendAnswer, type SandboxReply, type SandboxRequest } from '../http/sandbox-http.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../sandbox.options.js';
import { verifyWechatRequest } from './wechat-authorization.js';
import { WechatError } from './wechat-error.js';
import { WechatRefunds } from './wechat-refunds.js';
import { signatureHeaders, type SigningKey } from './wechat-signature.js';
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
  ) {}

  @Post('pay/transactions/native')
  native(@Req() request: SandboxRequest, @Res() reply: SandboxReply): void {
    this.run(request, reply, (body) => this.transactions.createNative(body));
  }

  @Post('pay/transactions/h5')
  h5(@Req() request: SandboxRequest, @Res() reply: SandboxReply): void {
    this.run(request, reply, (body) => this.transactions.createH5(body));
  }

  @Post('pay/transactions/jsapi')
  jsapi(@Req() request: SandboxRequest, @Res() reply: SandboxReply): void {
    this.run(request, reply, (body) => this.transactions.createJsapi(body));
  }

  @Get('pay/transactions/out-trade-no/:outTradeNo')
  query(
    @Req() request: SandboxRequest,
    @Res() reply: SandboxReply,
    @Param('outTradeNo') outTradeNo: string,
  ): void {
    this.run(request, reply, () => this.transactions.query(outTradeNo, queryOf(request).get('mchid')));
  }

  @Post('pay/transactions/out-trade-no/:outTradeNo/close')
  close(
    @Req() request: SandboxRequest,
    @Res() reply: SandboxReply,
    @Param('outTradeNo') outTradeNo: string,
  ): void {
    this.run(request, reply, (body) => this.transactions.close(outTradeNo, body));
  }

  @Post('refund/domestic/refunds')
  refund(@Req() request: SandboxRequest, @Res() reply: SandboxReply): void {
    this.run(request, reply, (body) => this.refunds.create(body));
  }

  @Get('refund/domestic/refunds/:refundNo')
  queryRefund(
    @Req() request: SandboxRequest,
    @Res() reply: SandboxReply,
    @Param('refundNo') refundNo: string,
  ): void {
    this.run(request, reply, () => this.refunds.query(refundNo));
  }

  @Get('certificates')
  certificates(@Req() request: SandboxRequest, @Res() reply: SandboxReply): void {
    this.run(request, reply, () => {
      const certificates = this.signer.certificates();
      if (!certificates) throw new WechatError(404, 'RESOURCE_NOT_EXISTS', '无可用的平台证书');
      return certificates;
    });
  }

  @Get('bill/tradebill')
  tradeBill(@Req() request: SandboxRequest, @Res() reply: SandboxReply): void {
    this.run(request, reply, () => this.bills.link(queryOf(request)));
  }

  /** The file itself goes out unsigned: its SHA-1 stands in the signed answer that names its address. */
  @Get('billdownload/file')
  billFile(@Req() request: SandboxRequest, @Res() reply: SandboxReply): void {
    this.orRefuse(request, reply, () => {
      verifyWechatRequest(request, this.options.credentials.wechat);
      const body = this.bills.file(queryOf(request).get('token'));
      sendAnswer(reply, { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body });
    });
  }

  /** Nothing is looked at before the signature; nothing, a 204 included, goes out unsigned. */
  private run(request: SandboxRequest, reply: SandboxReply, act: (body: Buffer) => object | void): void {
    this.orRefuse(request, reply, () => {
      const result = act(verifyWechatRequest(request, this.options.credentials.wechat));
      const body = result ? JSON.stringify(result) : '';
      this.answer(reply, result ? 200 : 204, body, this.signer.forAnswer(request));
    });
  }

  private orRefuse(request: SandboxRequest, reply: SandboxReply, act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof WechatError)) throw error;
      const { code, message, detail } = error;
      const body = JSON.stringify({ code, message, ...(detail ? { detail } : {}) });
      this.answer(reply, error.status, body, this.signer.forAnswer(request));
    }
  }

  private answer(reply: SandboxReply, status: number, body: string, signer: SigningKey): void {
    const headers = {
      ...(body ? { 'content-type': 'application/json; charset=utf-8' } : {}),
      'request-id': randomUUID(),
      // By the machine's clock, as the request was: merchants' SDKs know no other, even where a test moves the business clock.
      ...signatureHeaders(body, signer, new Date()),
    };
    sendAnswer(reply, { status, headers, body });
  }
}
