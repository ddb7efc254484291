import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import {
  PersonalData,
  without,
  type DataSubject,
  type PersonalDataHolder,
} from '../../auth/api/privacy/personal-data.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { everyRow } from '../../http/page.js';
import { OutboxEvent } from '../records/event.entity.js';

/** What was told to others about the personal account. It names the person by id only, and is purged by itself. */
@Injectable()
export class EventsPersonalData implements PersonalDataHolder, OnModuleInit {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
  ) {}

  readonly sections = [
    {
      name: 'events',
      tables: ['events'],
      rows: ({ personalAccountId }: DataSubject) =>
        everyRow(
          () =>
            this.dataSource
              .createQueryBuilder(OutboxEvent, 'row')
              .where('row.accountId = :personalAccountId', { personalAccountId }),
          (event) => without(event, 'accountId', 'sequence'),
        ),
    },
  ];

  onModuleInit(): void {
    this.personalData.add(this);
  }
}
