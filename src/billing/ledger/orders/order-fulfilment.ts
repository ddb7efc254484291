import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Sentence } from '../../../problems/sentence.js';
import type { PaymentPurpose, Order } from '../records/order.entity.js';

/**
 * What orders of one purpose give. Each method runs inside the settling transaction, with the payment's and the
 * account's rows locked.
 */
export interface OrderFulfilment {
  /**
   * Gives what was bought.
   * @returns why it can't be given any more, so that the money goes back, as the buyer reads it at the channel (at most
   *   80 bytes in either language); null where it was
   */
  honour(manager: EntityManager, payment: Order, at: Date): Promise<Sentence | null>;
  /** Nobody can pay the order any more, or its money goes back: what it was for waits no longer. */
  abandon(manager: EntityManager, payment: Order, at: Date): Promise<void>;
  /**
   * The money went back: what the order gave is taken back, as far as it still can be. A second time changes nothing.
   *
   * @param whole whether the refund, even of a part, is to end all that the order belongs to
   */
  takeBack(manager: EntityManager, payment: Order, at: Date, whole: boolean): Promise<void>;
}

/** Who fulfils which orders: each registers while the modules are initialised. */
@Injectable()
export class OrderFulfilments {
  private readonly byPurpose = new Map<PaymentPurpose, OrderFulfilment>();

  register(purpose: PaymentPurpose, fulfilment: OrderFulfilment): void {
    this.byPurpose.set(purpose, fulfilment);
  }

  /** @throws Error where nobody registered: a fault of the composition */
  of({ purpose }: Order): OrderFulfilment {
    const fulfilment = this.byPurpose.get(purpose);
    if (!fulfilment) throw new Error(`nobody fulfils orders for a ${purpose}`);
    return fulfilment;
  }
}
