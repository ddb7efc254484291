import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditTrail } from '../../../audit/audit-trail.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction, isUniqueViolation } from '../../../database/transaction.js';
import type { PageQueryDto } from '../../../http/page-query.dto.js';
import { readPage, type Page } from '../../../http/page.js';
import { Problem } from '../../../problems/problem.js';
import { invalidInput } from '../../../problems/validation.pipe.js';
import { Clock } from '../../../time/clock.js';
import { BILLING_OPTIONS, type BillingOptions } from '../../options/billing-options.js';
import { TopupPack } from './topup-pack.entity.js';
import { AdminTopupPackDto } from './topup-pack.dto.js';
import { oneOf } from '../../../problems/constraint-texts.js';
import { about } from '../../../problems/sentence.js';

export type PackTerms = Pick<TopupPack, 'code' | 'name' | 'quotaType' | 'amount' | 'priceFen' | 'validDays'>;
export type PackChanges = Partial<Omit<PackTerms, 'code' | 'quotaType'> & Pick<TopupPack, 'archived'>>;

/** Which top-ups are sold. Each deed of an administrator and its entry in the audit log are one transaction. */
@Injectable()
export class TopupPacks {
  private readonly audit: AuditTrail;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
    private readonly clock: Clock,
  ) {
    this.audit = new AuditTrail('topup_pack', clock);
  }

  /** What is sold now, the cheapest first. */
  onSale(): Promise<TopupPack[]> {
    return this.dataSource.manager.find(TopupPack, {
      where: { archived: false },
      order: { priceFen: 'ASC', code: 'ASC' },
    });
  }

  /** @throws Problem NOT_FOUND, for a pack off sale as well */
  async get(manager: EntityManager, code: string): Promise<TopupPack> {
    const pack = await manager.findOneBy(TopupPack, { code, archived: false });
    if (!pack) throw notFound();
    return pack;
  }

  /** All, newest first. */
  list(page: PageQueryDto): Promise<Page<AdminTopupPackDto>> {
    const query = this.dataSource.getRepository(TopupPack).createQueryBuilder('pack').where('TRUE');
    return readPage(query, page, AdminTopupPackDto.of);
  }

  /** @throws Problem VALIDATION_FAILED, TOPUP_CODE_TAKEN */
  async create(actorUserId: string, terms: PackTerms): Promise<TopupPack> {
    this.requireQuotaType(terms.quotaType);
    const createdAt = this.clock.now();
    try {
      return await inTransaction(this.dataSource, async (manager) => {
        const facts = { id: uuid(), currency: 'CNY', archived: false, createdAt };
        const pack = manager.create(TopupPack, { ...facts, ...terms });
        await manager.insert(TopupPack, pack);
        await this.audit.note(manager, actorUserId, 'topup.pack_created', terms.code, { ...terms });
        return pack;
      });
    } catch (error) {
      if (!isUniqueViolation(error, 'topup_packs_code_key')) throw error;
      throw new Problem('TOPUP_CODE_TAKEN', { params: { packCode: terms.code } });
    }
  }

  /** Orders that were made keep their terms. @throws Problem NOT_FOUND */
  change(actorUserId: string, code: string, changes: PackChanges): Promise<TopupPack> {
    return inTransaction(this.dataSource, async (manager) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const pack = await manager.findOne(TopupPack, { where: { code }, lock });
      if (!pack) throw notFound();
      Object.assign(pack, changes);
      await manager.save(pack);
      await this.audit.note(manager, actorUserId, 'topup.pack_changed', code, { ...changes });
      return pack;
    });
  }

  private requireQuotaType(quotaType: string): void {
    const { quotaTypes } = this.options;
    if (!quotaTypes || quotaTypes.includes(quotaType)) return;
    const message = about('quotaType', oneOf(quotaTypes));
    throw invalidInput([{ field: 'quotaType', message }]);
  }
}

function notFound(): Problem {
  return new Problem('NOT_FOUND', { params: { what: 'top-up pack; GET /topups lists them' } });
}
