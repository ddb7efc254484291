import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import {
  ApiExcludeEndpoint,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiSecurity,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblem } from '../../problems/api-problem.decorator.js';
import { languageOf } from '../../problems/language.js';
import { Problem } from '../../problems/problem.js';
import { ProblemFilter } from '../../problems/problem.filter.js';
import { alipayReturnUrl } from '../alipay/alipay-return.js';
import {
  queryOf,
  sendAnswer,
  type SandboxAnswer,
  type SandboxReply,
  type SandboxRequest,
} from '../http/sandbox-http.js';
import type { SandboxOrder } from '../records/sandbox-order.js';
import { messagePage } from '../pages/message-page.js';
import { cashierUrl, SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import { cashierPage } from './cashier-page.js';
import { SandboxBuyer } from './sandbox-buyer.js';

const ORDER_ID_PARAM = {
  name: 'orderId',
  description: 'The payment’s orderId.',
  example: '4f0c1f9f6f5f4a4c9d0e3b2a1c0d9e8f',
};

/** The buyer's side of the sandbox: a page for people, one route for programs. */
@ApiTags('sandbox')
// Anybody may: an empty requirement is how OpenAPI says so.
@ApiSecurity({})
@Controller('sandbox')
@UseFilters(ProblemFilter)
export class CashierController {
  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly buyer: SandboxBuyer,
  ) {}

  @Post('payments/:orderId/pay')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'paySandboxPayment',
    summary: 'Pay an order as its buyer',
    description:
      'Only while the sandbox serves. The gateway sends its signed notification in the background.',
  })
  @ApiParam(ORDER_ID_PARAM)
  @ApiResponse({ status: 204, description: 'Paid.' })
  @ApiProblem('NOT_FOUND', 'PAYMENT_NOT_PENDING', 'CHANNEL_REFUSED', 'CHANNEL_UNAVAILABLE')
  async pay(@Param('orderId') orderId: string): Promise<void> {
    await this.buyer.pay(orderId);
  }

  @Get('cashier/:orderId')
  @ApiOperation({
    operationId: 'showSandboxCashier',
    summary: 'The cashier page of an order',
    description: 'Only while the sandbox serves. `paymentUrl` and `qrCode` of a payment lead here.',
  })
  @ApiParam(ORDER_ID_PARAM)
  @ApiResponse({
    status: 200,
    description: 'The page.',
    content: { 'text/html': { schema: { type: 'string' } } },
  })
  @ApiResponse({
    status: 404,
    description: 'A page that says that there is no such order.',
    content: { 'text/html': { schema: { type: 'string' } } },
  })
  async show(
    @Param('orderId') orderId: string,
    @Req() request: SandboxRequest,
    @Res() reply: SandboxReply,
  ): Promise<void> {
    const answer = await this.orProblemPage(request, async () =>
      this.page(await this.buyer.visit(orderId, queryOf(request).get('redirect_url')), request),
    );
    sendAnswer(reply, answer);
  }

  /** The page's own button: pays, then shows the page again. */
  @Post('cashier/:orderId')
  @ApiExcludeEndpoint()
  async payHere(
    @Param('orderId') orderId: string,
    @Req() request: SandboxRequest,
    @Res() reply: SandboxReply,
  ): Promise<void> {
    const answer = await this.orProblemPage(request, async () => {
      await this.buyer.visit(orderId, queryOf(request).get('redirect_url'));
      await this.buyer.pay(orderId).catch(unlessNotPending);
      // Relative (this very path), so that it holds at whatever address the browser came by.
      return { status: 303, headers: { location: '?' }, body: '' };
    });
    sendAnswer(reply, answer);
  }

  private page(order: SandboxOrder, request: SandboxRequest): Promise<SandboxAnswer> {
    const isAlipay = order.channel === 'alipay';
    const { alipay } = this.options.credentials;
    return cashierPage({
      order,
      language: languageOf(request),
      codeUrl: isAlipay ? null : cashierUrl(this.options, order.outTradeNo),
      returnUrl: isAlipay ? alipayReturnUrl(order, alipay, this.options.clock.now()) : order.returnUrl,
    });
  }

  /** People get a page, not JSON. */
  private async orProblemPage(
    request: SandboxRequest,
    act: () => Promise<SandboxAnswer>,
  ): Promise<SandboxAnswer> {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const language = languageOf(request);
      const { title, detail } = error.body(language);
      return messagePage(error.getStatus(), language, title, detail);
    }
  }
}

/** A second click on the button: the page itself tells the state. */
function unlessNotPending(error: unknown): void {
  if (!(error instanceof Problem && error.code === 'PAYMENT_NOT_PENDING')) throw error;
}
