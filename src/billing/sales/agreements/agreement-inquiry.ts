import { Injectable } from '@nestjs/common';
import { Clock } from '../../../time/clock.js';
import { AgreementChannels } from './agreement-channels.js';
import { isToEnd } from './agreement-schedule.js';
import { AgreementSettlement } from './agreement-settlement.js';
import type { PaymentAgreement } from '../../ledger/records/payment-agreement.entity.js';

/** Asks a channel about an agreement, or to end it, and settles what it says. No transaction is open meanwhile. */
@Injectable()
export class AgreementInquiry {
  constructor(
    private readonly channels: AgreementChannels,
    private readonly settlement: AgreementSettlement,
    private readonly clock: Clock,
  ) {}

  /** Ends it where it is to end. Does nothing where the channel isn't configured for agreements (any more). */
  async follow(agreement: PaymentAgreement): Promise<void> {
    const { number } = agreement;
    const channel = this.channels.find(agreement.provider);
    if (!channel) return;
    const observation = isToEnd(agreement, this.clock.now())
      ? await channel.agreements.cancel(number)
      : await channel.agreements.query(number);
    await this.settlement.settle(channel.name, number, observation);
  }
}
