import { Injectable } from '@nestjs/common';
import type { AgreementNotification } from '../../../providers/payment-agreements.js';

/** What became of a channel's notification about an agreement. */
export type AgreementOutcome = 'settled' | 'unknown_order' | 'mismatch';

export interface AgreementNoticeHandler {
  settle(provider: string, notification: AgreementNotification): Promise<AgreementOutcome>;
}

/** Passes notifications about agreements to the part that keeps agreements; it registers while modules initialise. */
@Injectable()
export class AgreementNoticeHandlers {
  private handler: AgreementNoticeHandler | null = null;

  register(handler: AgreementNoticeHandler): void {
    this.handler = handler;
  }

  /** @throws Error where no handler is registered: a fault of the composition */
  settle(provider: string, notification: AgreementNotification): Promise<AgreementOutcome> {
    if (!this.handler) throw new Error('no handler for notifications about agreements is registered');
    return this.handler.settle(provider, notification);
  }
}
