import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import {
  PersonalData,
  type DataSubject,
  type PersonalDataHolder,
} from '../../../auth/api/privacy/personal-data.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { everyRow } from '../../../http/page.js';
import { AgreementDto } from './agreement.dto.js';
import { PaymentAgreement } from '../../ledger/records/payment-agreement.entity.js';
import { requestEnd } from './request-end.js';

/** The agreements of the personal account, and those that the person opened for an organization. */
@Injectable()
export class AgreementPersonalData implements PersonalDataHolder, OnModuleInit {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  readonly sections = [
    {
      name: 'agreements',
      tables: ['payment_agreements'],
      rows: (subject: DataSubject) =>
        everyRow(
          () =>
            this.dataSource
              .createQueryBuilder(PaymentAgreement, 'row')
              .where('(row.accountId = :personalAccountId OR row.userId = :userId)', subject),
          (agreement) => ({
            ...AgreementDto.of(agreement),
            number: agreement.number,
            providerAgreementNo: agreement.providerAgreementNo,
          }),
        ),
    },
  ];

  onModuleInit(): void {
    this.personalData.add(this);
  }

  /** Nobody is charged who is gone: it may be the person's own purse for an organization, too. */
  async erase(manager: EntityManager, { userId }: DataSubject, at: Date): Promise<void> {
    await requestEnd(manager, { userId }, at);
  }

  async endAccount(manager: EntityManager, accountId: string, at: Date): Promise<void> {
    await requestEnd(manager, { accountId }, at);
  }
}
