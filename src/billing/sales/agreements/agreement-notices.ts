import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import type { AgreementNotification } from '../../../providers/payment-agreements.js';
import { AgreementInquiry } from './agreement-inquiry.js';
import {
  AgreementNoticeHandlers,
  type AgreementNoticeHandler,
  type AgreementOutcome,
} from '../../settlement/notifications/agreement-notice-handler.js';
import { AgreementSettlement } from './agreement-settlement.js';
import { PaymentAgreement } from '../../ledger/records/payment-agreement.entity.js';

/** What a channel's notifications say about agreements. */
@Injectable()
export class AgreementNotices implements AgreementNoticeHandler, OnModuleInit {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly settlement: AgreementSettlement,
    private readonly inquiry: AgreementInquiry,
    private readonly handlers: AgreementNoticeHandlers,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  /** Asks the channel where its word can't be read: it says only that something happened. */
  async settle(
    provider: string,
    { agreementId: number, observation }: AgreementNotification,
  ): Promise<AgreementOutcome> {
    const outcome = await this.settlement.settle(provider, number, observation);
    if (outcome === 'settled' && observation.outcome === 'unknown') {
      await this.inquiry.follow(await this.dataSource.manager.findOneByOrFail(PaymentAgreement, { number }));
    }
    return outcome;
  }
}
