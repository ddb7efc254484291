import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { Membership } from '../../credentials/memberships/membership.entity.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { everyRow } from '../../../http/page.js';
import { Customer } from '../../identity/customers/customer.entity.js';
import { PersonalData, without, type DataSubject, type PersonalDataHolder } from './personal-data.js';

/** As whom other applications know the person, where that is proved: the customers that they are linked to. */
@Injectable()
export class CustomersPersonalData implements PersonalDataHolder, OnModuleInit {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  readonly sections = [
    {
      name: 'customers',
      tables: ['customers'],
      rows: ({ userId }: DataSubject) =>
        everyRow(
          () =>
            this.dataSource
              .createQueryBuilder(Customer, 'row')
              .innerJoin(
                Membership,
                'member',
                'member.accountId = row.accountId AND member.userId = :userId',
                {
                  userId,
                },
              ),
          (customer) => without(customer, 'linkTokenHash', 'linkExpiresAt', 'erasedAt'),
        ),
    },
  ];

  onModuleInit(): void {
    this.personalData.add(this);
  }
}
