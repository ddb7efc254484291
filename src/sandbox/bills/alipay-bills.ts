import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { readBiz } from '../wire/alipay-biz.js';
import { AlipayError } from '../wire/alipay-error.js';
import type { AlipayCall } from '../wire/alipay-request.js';
import { SandboxOrders } from '../records/sandbox-orders.js';
import { gatewayAddress, SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import { alipayBillFile } from './alipay-bill-file.js';
import { BillDay } from './bill-day.js';
import { BillLinks } from './bill-links.js';

const billBiz = z.object({ bill_type: z.literal('trade'), bill_date: z.string() });

@Injectable()
export class AlipayBills {
  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly orders: SandboxOrders,
    private readonly links: BillLinks,
  ) {}

  /** alipay.data.dataservice.bill.downloadurl.query */
  link(call: AlipayCall): { bill_download_url: string } {
    const day = BillDay.parse(readBiz(billBiz, call.biz).bill_date);
    if (!day) throw AlipayError.invalid('arguments', '参数有误：bill_date格式应为yyyy-MM-dd');
    const isThere = day.isReady(this.options.clock.now()) && this.events(day).length > 0;
    if (!isThere) throw new AlipayError('40004', 'isp.bill_not_exist', '账单不存在');
    const url = new URL(gatewayAddress(this.options, '/sandbox/alipay/bill.zip'));
    url.searchParams.set('token', this.links.make(day));
    return { bill_download_url: url.href };
  }

  /** @returns null for an address that is not valid any more. */
  async file(token: string | null): Promise<Buffer | null> {
    const day = this.links.find(token);
    return day && alipayBillFile(day, this.events(day), this.options.credentials.alipay.sellerId);
  }

  private events(day: BillDay) {
    return day.eventsOf('alipay', this.orders.all());
  }
}
