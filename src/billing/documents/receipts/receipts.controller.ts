import { Controller, Get, Header, Inject, Param, Req, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import type { Language } from '../../../problems/sentence.js';
import { languageOf } from '../../../problems/language.js';
import { Clock } from '../../../time/clock.js';
import { BILLING_OPTIONS, type BillingOptions } from '../../options/billing-options.js';
import { OrderIdParamDto } from '../../ledger/orders/payment.dto.js';
import { visibleTo } from '../../settlement/payments/payments.service.js';
import { RECEIPT_POLICY, receiptPage } from './receipt-page.js';
import { receiptPdf } from './receipt-pdf.js';
import { receiptText, type ReceiptText } from './receipt-texts.js';
import { Receipts } from './receipts.service.js';

interface Asked {
  headers: Record<string, string | string[] | undefined>;
}

@ApiTags('payments')
@Controller('payments')
export class ReceiptsController {
  constructor(
    private readonly receipts: Receipts,
    private readonly clock: Clock,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
  ) {}

  @Get(':orderId/receipt')
  @Access('user', { scope: 'billing:read', service: 'billing' })
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', RECEIPT_POLICY)
  @Header('Vary', 'Accept-Language')
  @ApiOperation({
    operationId: 'getReceiptPage',
    summary: 'Get a payment’s receipt as a page',
    description: 'In Chinese or English, by Accept-Language. It tells of the refunds so far.',
  })
  @ApiProduces('text/html')
  @ApiOkResponse({ description: 'The page.', schema: { type: 'string' } })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'PAYMENT_NOT_PAID')
  async page(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { orderId }: OrderIdParamDto,
    @Req() request: Asked,
  ): Promise<string> {
    const language = languageOf(request);
    return receiptPage(await this.text(user, orderId, language), language);
  }

  @Get(':orderId/receipt.pdf')
  @Access('user', { scope: 'billing:read', service: 'billing' })
  @Header('Vary', 'Accept-Language')
  @ApiOperation({ operationId: 'getReceiptPdf', summary: 'Get a payment’s receipt as a PDF' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ description: 'The document.', schema: { type: 'string', format: 'binary' } })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'PAYMENT_NOT_PAID')
  async pdf(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { orderId }: OrderIdParamDto,
    @Req() request: Asked,
  ): Promise<StreamableFile> {
    const text = await this.text(user, orderId, languageOf(request));
    return new StreamableFile(await receiptPdf(text, this.clock.now()), {
      type: 'application/pdf',
      disposition: `inline; filename="receipt-${orderId}.pdf"`,
    });
  }

  private async text(user: AuthenticatedUser, orderId: string, language: Language): Promise<ReceiptText> {
    return receiptText(await this.receipts.of(visibleTo(user), orderId), language, this.options.timeZone);
  }
}
