import { Body, Controller, Param, Post, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { fenFromYuan, yuanFromFen } from '../../money/fen.js';
import { Problem } from '../../problems/problem.js';
import { ProblemFilter } from '../../problems/problem.filter.js';
import { verbatim } from '../../problems/sentence.js';
import { invalidInput } from '../../problems/validation.pipe.js';
import { AlipayError } from '../wire/alipay-error.js';
import { AlipayRefunds } from '../alipay/alipay-refunds.js';
import type { SandboxOrder, SandboxRefund } from '../records/sandbox-order.js';
import { SandboxOrders } from '../records/sandbox-orders.js';
import { WechatError } from '../wire/wechat-error.js';
import { WechatRefunds } from '../wechat/wechat-refunds.js';

const refundBody = z.strictObject({ amount: z.string().regex(/^(0|[1-9]\d{0,7})(\.\d{1,2})?$/) });

/** For tests and rehearsals: the merchant's people at the channel's own console. */
@ApiExcludeController()
@Controller('sandbox/console')
@UseFilters(ProblemFilter)
export class ConsoleController {
  constructor(
    private readonly orders: SandboxOrders,
    private readonly alipay: AlipayRefunds,
    private readonly wechat: WechatRefunds,
  ) {}

  /** Refunds a part of an order, under a number that the channel makes. */
  @Post(':orderId/refunds')
  refund(@Param('orderId') orderId: string, @Body() body: unknown): { refundNo: string; amount: string } {
    const read = refundBody.safeParse(body);
    if (!read.success) throw invalidInput([{ field: 'amount', message: verbatim('an amount in yuan') }]);
    const order = this.orders.findAnywhere(orderId);
    if (!order) throw new Problem('NOT_FOUND', { params: { what: 'order' } });
    const { refundNo, amountFen } = this.carryOut(order, fenFromYuan(read.data.amount));
    return { refundNo, amount: yuanFromFen(amountFen) };
  }

  private carryOut(order: SandboxOrder, amountFen: number): SandboxRefund {
    try {
      return this[order.channel].refundAtConsole(order, amountFen);
    } catch (error) {
      if (!(error instanceof AlipayError || error instanceof WechatError)) throw error;
      const reason = verbatim(error.message);
      throw new Problem('CHANNEL_REFUSED', { params: { provider: order.channel, reason } });
    }
  }
}
