import { Controller, Get, Inject, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { recordAudit } from '../../../audit/record-audit.js';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { csvFile, type CsvValue } from '../../../http/csv.js';
import { CSV_RESPONSE } from '../../../http/csv-response.js';
import { everyRow, readPage } from '../../../http/page.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Clock } from '../../../time/clock.js';
import {
  AdminPaymentDto,
  AdminPaymentListDto,
  AdminPaymentsQueryDto,
  PaymentFilterDto,
} from './admin-payments.dto.js';
import { Order } from '../../ledger/records/order.entity.js';

/** The columns of the export, in its order. */
const COLUMNS = [
  'orderId',
  'accountId',
  'userId',
  'provider',
  'purpose',
  'planCode',
  'amount',
  'refundedAmount',
  'refundPendingAmount',
  'currency',
  'status',
  'providerTradeNo',
  'paidAt',
  'createdAt',
] as const satisfies readonly (keyof AdminPaymentDto)[];

@ApiTags('administration')
@Controller('admin/payments')
export class AdminPaymentsController {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Access('admin')
  @ApiOperation({ operationId: 'listAllPayments', summary: 'List and search all payments, newest first' })
  @ApiOkResponse({ type: AdminPaymentListDto, description: 'A page of payments.' })
  @ApiProblem('VALIDATION_FAILED')
  list(@Query() query: AdminPaymentsQueryDto): Promise<AdminPaymentListDto> {
    return readPage(this.filtered(query), query, AdminPaymentDto.of);
  }

  @Get('export.csv')
  @Access('admin', { apiKey: false })
  @ApiOperation({
    operationId: 'exportPayments',
    summary: 'Export payments as CSV',
    description: 'The audit log says who asked for what.',
  })
  @ApiOkResponse(CSV_RESPONSE)
  @ApiProblem('VALIDATION_FAILED')
  async export(
    @CurrentUser() caller: AuthenticatedUser,
    @Query() filter: PaymentFilterDto,
  ): Promise<StreamableFile> {
    await recordAudit(this.dataSource.manager, {
      actorUserId: caller.id,
      action: 'payments.exported',
      subjectType: 'payments',
      subjectId: 'all',
      detail: { ...filter },
      at: this.clock.now(),
    });
    const rows = everyRow(
      () => this.filtered(filter),
      (payment): CsvValue[] => {
        const shown = AdminPaymentDto.of(payment);
        return COLUMNS.map((column) => shown[column]);
      },
    );
    return csvFile('payments.csv', COLUMNS, rows);
  }

  private filtered(filter: PaymentFilterDto): SelectQueryBuilder<Order> {
    const builder = this.dataSource
      .createQueryBuilder(Order, 'payment')
      .leftJoinAndSelect('payment.plan', 'plan')
      .where('TRUE');
    for (const field of ['status', 'provider', 'accountId', 'userId'] as const) {
      const value = filter[field];
      if (value !== undefined) builder.andWhere(`payment.${field} = :${field}`, { [field]: value });
    }
    if (filter.from !== undefined)
      builder.andWhere('payment.createdAt >= :from', { from: new Date(filter.from) });
    if (filter.to !== undefined) builder.andWhere('payment.createdAt < :to', { to: new Date(filter.to) });
    return builder;
  }
}
