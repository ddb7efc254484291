import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { recordAudit } from '../../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import type { AgreementObservation } from '../../../providers/payment-agreements.js';
import { Clock } from '../../../time/clock.js';
import type { AgreementOutcome } from '../../settlement/notifications/agreement-notice-handler.js';
import { isGone, nextAgreementCheck } from './agreement-schedule.js';
import { agreementTransitions } from '../../ledger/records/agreement-status.js';
import { PaymentAgreement } from '../../ledger/records/payment-agreement.entity.js';

/**
 * The only way by which a channel's word moves an agreement, whoever heard it: under its row's lock, and with the same
 * result however often.
 */
@Injectable()
export class AgreementSettlement {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  settle(provider: string, number: string, observation: AgreementObservation): Promise<AgreementOutcome> {
    return inTransaction(this.dataSource, async (manager): Promise<AgreementOutcome> => {
      const agreement = await lockAgreement(manager, number);
      if (!agreement) return 'unknown_order';
      if (agreement.provider !== provider) return 'mismatch';
      if (observation.outcome === 'active') await this.signed(manager, agreement, observation);
      const isUnknownThere = observation.outcome === 'pending' && isGone(agreement, this.clock.now());
      if (observation.outcome === 'ended' || isUnknownThere) await this.ended(manager, agreement);
      return 'settled';
    });
  }

  private async signed(
    manager: EntityManager,
    agreement: PaymentAgreement,
    { agreementNo, signedAt }: Extract<AgreementObservation, { outcome: 'active' }>,
  ): Promise<void> {
    if (agreement.status === 'active') return;
    const now = this.clock.now();
    // Signed by a link that was over already: its buyer isn't to be left with what nobody uses.
    if (agreement.status === 'ended') {
      await manager.update(PaymentAgreement, { id: agreement.id }, { checkAt: now });
      return;
    }
    agreement.status = agreementTransitions.move(agreement.status, 'active');
    agreement.providerAgreementNo = agreementNo;
    agreement.signedAt = signedAt ?? now;
    agreement.signUrl = null;
    agreement.chargeAt = agreement.endRequestedAt ? null : now;
    agreement.checkAt = nextAgreementCheck(agreement, now);
    await manager.save(agreement);
    await this.audit(manager, agreement, 'agreement.signed', now);
  }

  private async ended(manager: EntityManager, agreement: PaymentAgreement): Promise<void> {
    const wasEnded = agreement.status === 'ended';
    const now = this.clock.now();
    if (!wasEnded) agreement.status = agreementTransitions.move(agreement.status, 'ended');
    agreement.endedAt ??= now;
    agreement.signUrl = null;
    agreement.chargeAt = null;
    agreement.checkAt = null;
    await manager.save(agreement);
    if (!wasEnded) await this.audit(manager, agreement, 'agreement.ended', now);
  }

  private audit(
    manager: EntityManager,
    { id: subjectId, provider, number }: PaymentAgreement,
    action: string,
    at: Date,
  ): Promise<void> {
    const subject = { subjectType: 'agreement', subjectId, detail: { provider, number } };
    return recordAudit(manager, { actorUserId: null, action, ...subject, at });
  }
}

/** Reads an agreement and holds its row until the transaction ends. Whoever holds an account's row too took that first. */
export function lockAgreement(manager: EntityManager, number: string): Promise<PaymentAgreement | null> {
  return manager.findOne(PaymentAgreement, { where: { number }, lock: { mode: 'pessimistic_write' } });
}
