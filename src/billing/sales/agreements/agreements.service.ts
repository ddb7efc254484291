import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { DataSource, EntityManager } from 'typeorm';
import { recordAudit } from '../../../audit/record-audit.js';
import { personOf } from '../../../auth/identity/customers/person-of.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { verbatim } from '../../../problems/sentence.js';
import type { PaymentAgreements } from '../../../providers/payment-agreements.js';
import { Clock } from '../../../time/clock.js';
import { BILLING_OPTIONS, type BillingOptions } from '../../options/billing-options.js';
import { notifyUrl } from '../../options/notify-url.js';
import { SubscriptionLifecycle } from '../../ledger/subscriptions/subscription-lifecycle.js';
import { SubscriptionProgress } from '../../ledger/subscriptions/subscription-progress.js';
import { requireReturnUrl } from '../purchase/return-url.js';
import { AgreementChannels } from './agreement-channels.js';
import { AgreementInquiry } from './agreement-inquiry.js';
import { nextAgreementCheck } from './agreement-schedule.js';
import { AgreementSettlement } from './agreement-settlement.js';
import { PaymentAgreement } from '../../ledger/records/payment-agreement.entity.js';
import { requestEnd } from './request-end.js';

/** An account's agreement: opened for its buyer to sign, shown, and ended. */
@Injectable()
export class AgreementsService {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
    private readonly clock: Clock,
    private readonly channels: AgreementChannels,
    private readonly lifecycle: SubscriptionLifecycle,
    private readonly progress: SubscriptionProgress,
    private readonly inquiry: AgreementInquiry,
    private readonly settlement: AgreementSettlement,
  ) {}

  /**
   * @param providerName null for the first channel that charges by agreement
   * @returns the agreement with the link at which its buyer signs; the pending one, where there is one
   * @throws Problem AGREEMENT_NOT_OFFERED, NO_SUBSCRIPTION, PLAN_IS_FREE, AGREEMENT_EXISTS, CHANNEL_REFUSED,
   *   CHANNEL_UNAVAILABLE (it stays pending: ask again)
   */
  async open(
    user: AuthenticatedUser,
    providerName: string | null,
    returnUrl: string | null,
  ): Promise<PaymentAgreement> {
    requireReturnUrl(this.options, returnUrl);
    const { name, agreements } = this.channels.offering(providerName);
    // Its signature may have been missed.
    const known = await this.newest(user.accountId);
    if (known && known.status !== 'ended') await this.inquiry.follow(known);
    const agreement = await inTransaction(this.dataSource, (manager) => this.store(manager, user, name));
    agreement.signUrl = await this.link(agreements, agreement, returnUrl);
    const { id, signUrl } = agreement;
    await this.dataSource.manager.update(PaymentAgreement, { id, status: 'pending' }, { signUrl });
    return agreement;
  }

  /** The newest one, after asking the channel where that isn't over. @throws Problem NOT_FOUND */
  async refreshed(accountId: string): Promise<PaymentAgreement> {
    const agreement = await this.existing(accountId);
    if (agreement.status === 'ended') return agreement;
    await this.inquiry.follow(agreement);
    return this.existing(accountId);
  }

  /** @returns it, ended; or still as it was where its channel can't be reached, with `endRequestedAt`. @throws Problem NOT_FOUND */
  async end({ id: actorUserId, accountId }: AuthenticatedUser): Promise<PaymentAgreement> {
    const { id, status, endRequestedAt } = await this.existing(accountId);
    if (status !== 'ended' && endRequestedAt === null) {
      const at = this.clock.now();
      await inTransaction(this.dataSource, async (manager) => {
        await requestEnd(manager, { id }, at);
        const subject = { subjectType: 'agreement', subjectId: id, detail: {} };
        await recordAudit(manager, { actorUserId, action: 'agreement.end_requested', ...subject, at });
      });
    }
    return this.refreshed(accountId);
  }

  private async store(
    manager: EntityManager,
    { id: userId, accountId }: AuthenticatedUser,
    provider: string,
  ): Promise<PaymentAgreement> {
    await this.lifecycle.lockAccount(manager, accountId);
    const live = await this.progress.catchUp(manager, accountId);
    if (!live) throw new Problem('NO_SUBSCRIPTION');
    if (!live.currentPeriodEnd) throw new Problem('PLAN_IS_FREE', { params: { planCode: live.plan.code } });
    const known = await this.newest(accountId, manager);
    if (known && known.status !== 'ended') {
      const isSame = known.status === 'pending' && known.provider === provider && !known.endRequestedAt;
      if (isSame) return known;
      const params = { provider: known.provider, status: known.status };
      throw new Problem('AGREEMENT_EXISTS', { params });
    }
    const now = this.clock.now();
    const id = uuid();
    const facts = { status: 'pending', createdAt: now, endRequestedAt: null, endedAt: null } as const;
    const agreement = manager.create(PaymentAgreement, {
      id,
      number: id.replaceAll('-', ''),
      accountId,
      userId,
      provider,
      providerAgreementNo: null,
      signUrl: null,
      checkAt: nextAgreementCheck(facts, now),
      chargeAt: null,
      signedAt: null,
      ...facts,
    });
    return manager.save(agreement);
  }

  private async link(
    agreements: PaymentAgreements,
    { number, provider, userId }: PaymentAgreement,
    returnUrl: string | null,
  ): Promise<string> {
    const payer = await personOf(this.dataSource.manager, userId);
    const result = await agreements.sign({
      agreementId: number,
      account: payer?.email ?? payer?.displayName ?? null,
      notifyUrl: notifyUrl(this.options, provider),
      returnUrl,
    });
    if (result.outcome === 'created') return result.signUrl;
    if (result.outcome === 'unknown') throw new Problem('CHANNEL_UNAVAILABLE', { params: { provider } });
    await this.settlement.settle(provider, number, { outcome: 'ended' });
    const reason = verbatim(`${result.code} ${result.message}`);
    throw new Problem('CHANNEL_REFUSED', { params: { provider, reason } });
  }

  private async existing(accountId: string): Promise<PaymentAgreement> {
    const agreement = await this.newest(accountId);
    if (!agreement) throw new Problem('NOT_FOUND', { params: { what: 'agreement' } });
    return agreement;
  }

  private newest(
    accountId: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<PaymentAgreement | null> {
    return manager.findOne(PaymentAgreement, {
      where: { accountId },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
  }
}
