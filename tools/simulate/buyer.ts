import type { Order } from '../../src/billing/ledger/records/order.entity.js';
import { PaymentsService } from '../../src/billing/settlement/payments/payments.service.js';
import { SettlementService } from '../../src/billing/settlement/settle/settlement.service.js';
import type { Random } from '../chaos/random.js';
import type { World } from './world.js';

/** Of a hundred orders so many are paid at once, and of the others so many later, when they may be closed already. */
const PAYS_AT_ONCE = 88;
const PAYS_LATE = 25;
/** Of a hundred that aren't paid at once so many are closed by hand. */
const CLOSES = 30;

/** How somebody pays: at once, late, or never. */
export class Buyer {
  private unpaid: { orderId: string; amountFen: number }[] = [];

  constructor(
    private readonly world: World,
    private readonly random: Random,
  ) {}

  /** @returns whether it was paid at once */
  async pay({ orderId, amountFen }: Order): Promise<boolean> {
    const paysAtOnce = this.random.chance(PAYS_AT_ONCE);
    if (paysAtOnce) await this.settle(orderId, amountFen);
    else await this.leave(orderId, amountFen);
    return paysAtOnce;
  }

  /**
   * Pays every order that was left: it may be closed by now, or replaced, and its money goes back then or is honoured.
   * @returns whether there was one, and it was paid
   */
  async payLate(): Promise<boolean> {
    const unpaid = this.unpaid.splice(0);
    if (unpaid.length === 0 || !this.random.chance(PAYS_LATE)) return false;
    for (const { orderId, amountFen } of unpaid) await this.settle(orderId, amountFen);
    return true;
  }

  /** Its link lives on, also where the order is closed. */
  private async leave(orderId: string, amountFen: number): Promise<void> {
    this.unpaid.push({ orderId, amountFen });
    if (this.random.chance(CLOSES)) await this.world.get(PaymentsService).close('all', orderId);
  }

  private async settle(orderId: string, amountFen: number): Promise<void> {
    this.world.channel.pay(orderId, amountFen);
    const payment = await this.world.get(PaymentsService).refreshed('all', orderId);
    if (payment.status === 'closed') await this.notify(orderId);
  }

  private async notify(orderId: string): Promise<void> {
    const { channel } = this.world;
    const observation = await channel.queryPayment(orderId);
    await this.world.get(SettlementService).settle(channel.name, orderId, observation, 'notification');
  }
}
