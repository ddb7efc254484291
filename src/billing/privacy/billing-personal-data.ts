import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { In, type DataSource, type EntityManager } from 'typeorm';
import {
  PersonalData,
  type DataSubject,
  type PersonalDataHolder,
} from '../../auth/api/privacy/personal-data.js';
import { COMMERCIAL_DATA_SOURCE } from '../../database/tokens.js';
import { everyRow } from '../../http/page.js';
import { yuanFromFen } from '../../money/fen.js';
import { Clock } from '../../time/clock.js';
import { AccountCredit } from '../ledger/records/account-credit.entity.js';
import { FapiaoRequest } from '../documents/fapiao/fapiao-request.entity.js';
import { FapiaoDto } from '../documents/fapiao/fapiao.dto.js';
import { CouponRedemption } from '../ledger/records/coupon-redemption.entity.js';
import { Order } from '../ledger/records/order.entity.js';
import { PaymentDto } from '../ledger/orders/payment.dto.js';
import { PaymentRefund } from '../ledger/records/payment-refund.entity.js';
import { RefundDto } from '../ledger/refunds/refund.dto.js';
import { SubscriptionLifecycle } from '../ledger/subscriptions/subscription-lifecycle.js';
import { SubscriptionDto } from '../sales/purchase/subscription.dto.js';
import { Subscription } from '../ledger/records/subscription.entity.js';
import { TopupDto } from '../sales/topups/topup.dto.js';
import { Topup } from '../ledger/records/topup.entity.js';
import { Trial } from '../ledger/records/trial.entity.js';

/** What the personal account bought. Of all this, accounting keeps everything when the person goes. */
@Injectable()
export class BillingPersonalData implements PersonalDataHolder, OnModuleInit {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly personalData: PersonalData,
  ) {}

  readonly sections = [
    {
      name: 'subscriptions',
      tables: ['subscriptions'],
      rows: ({ personalAccountId }: DataSubject) =>
        everyRow(
          () =>
            this.dataSource
              .createQueryBuilder(Subscription, 'row')
              .innerJoinAndSelect('row.plan', 'plan')
              .leftJoinAndSelect('plan.quotas', 'quotas')
              .where('row.accountId = :personalAccountId', { personalAccountId }),
          (subscription) => SubscriptionDto.of(subscription, this.clock.now()),
        ),
    },
    {
      name: 'payments',
      tables: ['orders'],
      rows: ({ personalAccountId }: DataSubject) =>
        everyRow(
          () =>
            this.dataSource
              .createQueryBuilder(Order, 'row')
              .leftJoinAndSelect('row.plan', 'plan')
              .where('row.accountId = :personalAccountId', { personalAccountId }),
          PaymentDto.of,
        ),
    },
    {
      name: 'topups',
      tables: ['topups'],
      rows: ({ personalAccountId }: DataSubject) =>
        everyRow(
          () =>
            this.dataSource
              .createQueryBuilder(Topup, 'row')
              .innerJoinAndSelect('row.pack', 'pack')
              .where('row.accountId = :personalAccountId', { personalAccountId }),
          (topup) => ({ ...TopupDto.of(topup), createdAt: topup.createdAt }),
        ),
    },
    {
      name: 'refunds',
      tables: ['payment_refunds'],
      rows: ({ personalAccountId }: DataSubject) =>
        everyRow(
          () =>
            this.dataSource
              .createQueryBuilder(PaymentRefund, 'row')
              .innerJoinAndSelect('row.payment', 'payment')
              .where('payment.accountId = :personalAccountId', { personalAccountId }),
          (refund) => ({ orderId: refund.payment.orderId, ...RefundDto.of(refund) }),
        ),
    },
    {
      name: 'fapiao',
      tables: ['fapiao_requests'],
      rows: ({ personalAccountId }: DataSubject) =>
        everyRow(
          () =>
            this.dataSource
              .createQueryBuilder(FapiaoRequest, 'row')
              .where('row.accountId = :personalAccountId', { personalAccountId }),
          FapiaoDto.of,
        ),
    },
    {
      name: 'coupons',
      tables: ['coupon_redemptions'],
      rows: ({ userId }: DataSubject) =>
        everyRow(
          () =>
            this.dataSource
              .createQueryBuilder(CouponRedemption, 'row')
              .innerJoinAndSelect('row.coupon', 'coupon')
              .where('row.userId = :userId', { userId }),
          (redemption) => ({
            couponCode: redemption.coupon?.code,
            discount: yuanFromFen(redemption.discountFen),
            status: redemption.status,
            createdAt: redemption.createdAt.toISOString(),
          }),
        ),
    },
    {
      name: 'trials',
      tables: ['trials'],
      rows: (subject: DataSubject) => this.trial(subject),
    },
    {
      name: 'credits',
      tables: ['account_credits'],
      rows: ({ personalAccountId }: DataSubject) =>
        everyRow(
          () =>
            this.dataSource
              .createQueryBuilder(AccountCredit, 'row')
              .where('row.accountId = :personalAccountId', { personalAccountId }),
          ({ id, amountFen, createdAt }) => ({
            id,
            amount: (amountFen < 0 ? '-' : '') + yuanFromFen(Math.abs(amountFen)),
            createdAt: createdAt.toISOString(),
          }),
        ),
    },
  ];

  onModuleInit(): void {
    this.personalData.add(this);
  }

  /** Ends what is in force, and forgets requests for a fapiao that none came of. An order that is paid from now on is refunded, see Fulfilment. */
  async endAccount(manager: EntityManager, accountId: string, at: Date): Promise<void> {
    const live = await this.lifecycle.live(manager, accountId);
    if (live) await this.lifecycle.end(manager, live, 'expired', at);
    // One that was issued is an accounting document, and is kept as those are.
    await manager.delete(FapiaoRequest, {
      accountId,
      status: In(['requested', 'rejected', 'withdrawn']),
    });
  }

  /** A user has one at most. It stays when they go: it names them by id only. */
  private async *trial({ userId }: DataSubject): AsyncGenerator<object> {
    const trial = await this.dataSource.manager.findOne(Trial, {
      where: { userId },
      relations: { plan: true },
    });
    if (!trial) return;
    const { accountId, startedAt, endsAt, plan } = trial;
    yield {
      planCode: plan!.code,
      accountId,
      startedAt: startedAt.toISOString(),
      endsAt: endsAt.toISOString(),
    };
  }
}
