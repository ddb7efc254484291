import { Inject, Injectable, type StreamableFile } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { csvFile, type CsvValue } from '../../../http/csv.js';
import type { PageQueryDto } from '../../../http/page-query.dto.js';
import { readPage, type Page } from '../../../http/page.js';
import { yuanFromFen } from '../../../money/fen.js';
import { FapiaoRequest } from './fapiao-request.entity.js';
import type { FapiaoStatus } from './fapiao-status.js';
import { FapiaoDto } from './fapiao.dto.js';

/** More than anybody works through at once; the next export follows when these are done. */
const MOST_EXPORTED = 10_000;

const COLUMNS: readonly [string, (request: FapiaoRequest) => CsvValue][] = [
  ['申请编号', (request) => request.id],
  ['订单号', (request) => request.orderId],
  ['类型', (request) => (request.kind === 'company' ? '企业' : '个人')],
  ['发票抬头', (request) => request.title],
  ['税号', (request) => request.taxNumber],
  ['邮箱', (request) => request.email],
  ['金额', (request) => yuanFromFen(request.amountFen)],
  ['状态', (request) => request.status],
  ['发票号码', (request) => request.number],
  ['红字发票号码', (request) => request.redNumber],
  ['申请时间', (request) => request.createdAt],
];

/** What the administrator works through. */
@Injectable()
export class FapiaoList {
  constructor(@Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource) {}

  page(status: FapiaoStatus | undefined, query: PageQueryDto): Promise<Page<FapiaoDto>> {
    const builder = this.dataSource.createQueryBuilder(FapiaoRequest, 'fapiao').where('TRUE');
    if (status) builder.andWhere('fapiao.status = :status', { status });
    return readPage(builder, query, FapiaoDto.of);
  }

  /** As CSV for a spreadsheet, oldest first. */
  async csv(status: FapiaoStatus | undefined): Promise<StreamableFile> {
    const requests = await this.dataSource.manager.find(FapiaoRequest, {
      where: status ? { status } : {},
      order: { createdAt: 'ASC', id: 'ASC' },
      take: MOST_EXPORTED,
    });
    const header = COLUMNS.map(([name]) => name);
    return csvFile('fapiao.csv', header, rowsOf(requests));
  }
}

async function* rowsOf(requests: readonly FapiaoRequest[]): AsyncGenerator<readonly CsvValue[]> {
  for (const request of requests) yield COLUMNS.map(([, valueOf]) => valueOf(request));
}
