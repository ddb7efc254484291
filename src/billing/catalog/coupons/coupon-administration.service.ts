import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { In, type DataSource, type EntityManager } from 'typeorm';
import { AuditTrail } from '../../../audit/audit-trail.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction, isUniqueViolation } from '../../../database/transaction.js';
import type { PageQueryDto } from '../../../http/page-query.dto.js';
import { readPage, type Page } from '../../../http/page.js';
import { Problem } from '../../../problems/problem.js';
import { invalidInput } from '../../../problems/validation.pipe.js';
import { Clock } from '../../../time/clock.js';
import { SubscriptionPlan } from '../plans/subscription-plan.entity.js';
import { CouponDto } from './coupon.dto.js';
import { Coupon } from './coupon.entity.js';

export type CouponTerms = Omit<Coupon, 'id' | 'redeemed' | 'createdAt'>;
export type CouponChanges = Partial<Pick<Coupon, 'endsAt' | 'maxRedemptions'>>;

/** What administrators do to coupons. Each deed and its entry in the audit log are one transaction. */
@Injectable()
export class CouponAdministration {
  private readonly audit: AuditTrail;

  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.audit = new AuditTrail('coupon', clock);
  }

  /** Newest first. */
  list(page: PageQueryDto): Promise<Page<CouponDto>> {
    const query = this.dataSource.getRepository(Coupon).createQueryBuilder('coupon').where('TRUE');
    return readPage(query, page, CouponDto.of);
  }

  /** @throws Problem VALIDATION_FAILED, COUPON_CODE_TAKEN */
  async create(actorUserId: string, { code: written, ...rest }: CouponTerms): Promise<Coupon> {
    const terms = { code: written.toUpperCase(), ...rest };
    requireSound(terms);
    try {
      return await inTransaction(this.dataSource, async (manager) => {
        await requireKnownPlans(manager, terms.planCodes ?? []);
        const facts = { id: uuid(), redeemed: 0, createdAt: this.clock.now() };
        const coupon = manager.create(Coupon, { ...facts, ...terms });
        await manager.insert(Coupon, coupon);
        await this.audit.note(manager, actorUserId, 'coupon.created', terms.code, { ...terms });
        return coupon;
      });
    } catch (error) {
      if (!isUniqueViolation(error, 'coupons_code_key')) throw error;
      throw new Problem('COUPON_CODE_TAKEN', { params: { couponCode: terms.code } });
    }
  }

  /** Orders that have it keep it. @throws Problem NOT_FOUND, VALIDATION_FAILED */
  change(actorUserId: string, written: string, changes: CouponChanges): Promise<Coupon> {
    const code = written.toUpperCase();
    return inTransaction(this.dataSource, async (manager) => {
      const lock = { mode: 'for_no_key_update' } as const;
      const coupon = await manager.findOne(Coupon, { where: { code }, lock });
      if (!coupon) throw new Problem('NOT_FOUND', { params: { what: 'coupon' } });
      if (Object.keys(changes).length === 0) return coupon;
      Object.assign(coupon, changes);
      const { maxRedemptions, redeemed } = coupon;
      if (maxRedemptions !== null && maxRedemptions < redeemed) {
        const message = {
          en: `maxRedemptions must be at least the ${redeemed} that have it already`,
          'zh-CN': `maxRedemptions 不能小于已领取的 ${redeemed}`,
        };
        throw invalidInput([{ field: 'maxRedemptions', message }]);
      }
      await manager.update(Coupon, { id: coupon.id }, changes);
      await this.audit.note(manager, actorUserId, 'coupon.changed', code, { ...changes });
      return coupon;
    });
  }
}

function requireSound({ percentOff, amountOffFen, startsAt, endsAt }: CouponTerms): void {
  if ((percentOff === null) === (amountOffFen === null)) {
    const message = {
      en: 'give either percentOff or amountOff',
      'zh-CN': 'percentOff 与 amountOff 须提供其一',
    };
    throw invalidInput([{ field: 'percentOff', message }]);
  }
  if (startsAt && endsAt && startsAt >= endsAt) {
    const message = { en: 'endsAt must lie after startsAt', 'zh-CN': 'endsAt 必须晚于 startsAt' };
    throw invalidInput([{ field: 'endsAt', message }]);
  }
}

async function requireKnownPlans(manager: EntityManager, planCodes: readonly string[]): Promise<void> {
  const plans = await manager.findBy(SubscriptionPlan, { code: In([...planCodes]) });
  const unknown = planCodes.filter((code) => !plans.some((plan) => plan.code === code));
  if (unknown.length === 0) return;
  const message = {
    en: `planCodes must be plans that there are: ${unknown.join(', ')} is not`,
    'zh-CN': `planCodes 必须是已有的计划，以下不存在：${unknown.join(', ')}`,
  };
  throw invalidInput([{ field: 'planCodes', message }]);
}
