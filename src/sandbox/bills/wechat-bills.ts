import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SandboxOrders } from '../records/sandbox-orders.js';
import {
  gatewayAddress,
  SANDBOX_OPTIONS,
  WECHAT_BASE_PATH,
  type SandboxOptions,
} from '../options/sandbox.options.js';
import { WechatError } from '../wire/wechat-error.js';
import { BillDay } from './bill-day.js';
import { BillLinks } from './bill-links.js';
import { wechatBillFile } from './wechat-bill-file.js';

@Injectable()
export class WechatBills {
  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly orders: SandboxOrders,
    private readonly links: BillLinks,
  ) {}

  /** GET /v3/bill/tradebill */
  link(query: URLSearchParams): Record<string, string> {
    const day = BillDay.parse(query.get('bill_date'));
    if (!day || (query.get('bill_type') ?? 'ALL') !== 'ALL' || query.has('tar_type')) {
      throw WechatError.badParameter({ field: '/bill_date', issue: '应为yyyy-MM-dd', location: 'query' });
    }
    if (!day.isReady(this.options.clock.now()))
      throw new WechatError(400, 'STATEMENT_CREATING', '账单生成中');
    if (this.events(day).length === 0) throw new WechatError(400, 'NO_STATEMENT_EXIST', '账单文件不存在');
    const base = gatewayAddress(this.options, WECHAT_BASE_PATH);
    return {
      hash_type: 'SHA1',
      hash_value: createHash('sha1').update(this.fileOf(day)).digest('hex'),
      download_url: `${base}/v3/billdownload/file?token=${this.links.make(day)}`,
    };
  }

  /** GET /v3/billdownload/file */
  file(token: string | null): string {
    const day = this.links.find(token);
    if (!day) throw new WechatError(400, 'PARAM_ERROR', '参数错误：token无效或已过期');
    return this.fileOf(day);
  }

  private fileOf(day: BillDay): string {
    return wechatBillFile(this.events(day), this.options.credentials.wechat);
  }

  private events(day: BillDay) {
    return day.eventsOf('wechat', this.orders.all());
  }
}
