import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Clock } from '../../../time/clock.js';
import { OrderLimits } from '../purchase/order-limits.js';
import { OrderPlacement, type PaymentWay } from '../purchase/order-placement.js';
import type { PaymentChoice } from '../purchase/payment-choice.dto.js';
import { Order } from '../../ledger/records/order.entity.js';
import { TopupPacks } from '../../catalog/topup-packs/topup-packs.service.js';
import { Topup } from '../../ledger/records/topup.entity.js';

export interface TopupRequest extends PaymentChoice {
  /** The top-up's and its payment's id, made by the caller: running the request again finds what the first run made. */
  topupId: string;
  packCode: string;
}

export interface TopupOrder {
  topup: Topup;
  payment: Order;
}

/** Buying quota by itself. It can be used from the moment its money has come (see {@link TopupPurchase}). */
@Injectable()
export class TopupsService {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly packs: TopupPacks,
    private readonly limits: OrderLimits,
    private readonly placement: OrderPlacement,
  ) {}

  /** @throws Problem NOT_FOUND, CHANNEL_NOT_CONFIGURED, CHANNEL_REFUSED, CHANNEL_UNAVAILABLE (the order stands), TOO_MANY_ATTEMPTS */
  async buy(user: AuthenticatedUser, request: TopupRequest): Promise<TopupOrder> {
    await this.limits.admit(user.accountId, request.returnUrl);
    const way = this.placement.way(request.provider, request.method);
    const order = (await this.madeBefore(request.topupId)) ?? (await this.order(user, way, request));
    await this.placement.open(way, order.payment, request);
    return order;
  }

  private order(
    user: AuthenticatedUser,
    way: PaymentWay,
    { topupId: id, packCode }: TopupRequest,
  ): Promise<TopupOrder> {
    const { accountId } = user;
    return inTransaction(this.dataSource, async (manager) => {
      const pack = await this.packs.get(manager, packCode);
      const { quotaType, amount, validDays, priceFen: amountFen, currency, name: subject } = pack;
      const payment = await this.placement.place(manager, way, {
        id,
        accountId,
        userId: user.id,
        purpose: 'topup',
        amountFen,
        currency,
        subject,
        subscription: null,
        plan: null,
      });
      const terms = { id, accountId, packId: pack.id, pack, quotaType, amount, validDays };
      const times = { grantedAt: null, validUntil: null, takenBackAt: null, createdAt: this.clock.now() };
      const topup = manager.create(Topup, { ...terms, ...times });
      await manager.insert(Topup, topup);
      return { topup, payment };
    });
  }

  /** What an earlier run of this request made, whatever has become of it since. */
  private async madeBefore(id: string): Promise<TopupOrder | null> {
    const { manager } = this.dataSource;
    const topup = await manager.findOne(Topup, { where: { id }, relations: { pack: true } });
    return topup && { topup, payment: await manager.findOneByOrFail(Order, { id }) };
  }
}
