import { NestFactory } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { AuthenticatedUser } from '../../src/auth/identity/caller/authenticated-user.js';
import { BillingListeners } from '../../src/billing/ledger/listeners/billing-listeners.js';
import { ChangesService } from '../../src/billing/sales/changes/changes.service.js';
import { CheckoutService } from '../../src/billing/sales/purchase/checkout.service.js';
import { PlansService } from '../../src/billing/catalog/plans/plans.service.js';
import { SettlementService } from '../../src/billing/settlement/settle/settlement.service.js';
import { SubscriptionsService } from '../../src/billing/ledger/subscriptions/subscriptions.service.js';
import { CommercialModule } from '../../src/commercial/commercial.module.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { DeliveryDispatcher } from '../../src/events/dispatch/delivery-dispatcher.js';
import { WebhookSender } from '../../src/events/webhooks/webhook-sender.js';
import { JWT_KEY } from './app.js';
import type { CrashPoints } from './crash-points.js';
import { FakeChannel } from './fake-channel.js';

export interface EventsHostSettings {
  url: string;
  /** Where webhooks may go: `host:port`. */
  receiver: string;
  jobs: boolean;
}

/** A host's process that sells plans and tells of it, without HTTP. */
export interface EventsHost {
  dataSource: DataSource;
  /**
   * Orders a month more of the plan `pro` and lets its money come.
   *
   * @param beforeMoney called when only the settlement's one transaction is left to be done
   */
  buy(buyer: AuthenticatedUser, beforeMoney?: () => void): Promise<void>;
  /** As {@link buy}, but the settlement is undone at its very end, when its events are written. */
  buyInVain(buyer: AuthenticatedUser): Promise<void>;
  deliver(): Promise<number>;
  close(): Promise<void>;
}

const CHANNEL = 'north';
const CHOICE = {
  provider: CHANNEL,
  method: null,
  returnUrl: null,
  payer: { ip: '127.0.0.1', openId: null },
};

/** @param crash gets points around each commit, and around each `send` of a webhook */
export async function startEventsHost(
  { url, receiver, jobs }: EventsHostSettings,
  crash?: CrashPoints,
): Promise<EventsHost> {
  const dataSource = await createDataSource({ url, poolSize: 8 }).initialize();
  const channel = new FakeChannel(CHANNEL);
  const context = await NestFactory.createApplicationContext(
    CommercialModule.forRoot({
      dataSource,
      jwt: { secret: JWT_KEY },
      publicUrl: 'http://127.0.0.1',
      payments: { others: [channel] },
      events: { webhooks: { allowedHosts: [receiver], allowHttp: true } },
      routes: false,
      jobs,
    }),
    { logger: false },
  );
  const get = <T>(type: new (...args: never[]) => T): T => context.get(type as never, { strict: false });
  await get(PlansService).seed();
  if (crash) {
    crash.watch(dataSource);
    const sender = get(WebhookSender);
    const send = sender.send.bind(sender);
    sender.send = (...args) => crash.around('send', () => send(...args));
  }

  let isVain = false;
  get(BillingListeners).add({
    onPaymentPaid: () => (isVain ? Promise.reject(new Error('undone')) : Promise.resolve()),
  });

  async function order(buyer: AuthenticatedUser): Promise<string> {
    const live = await get(SubscriptionsService).inForce(buyer.accountId);
    const { payment } = live
      ? await get(ChangesService).change(buyer, {
          ...CHOICE,
          operationId: uuid(),
          planCode: null,
          couponCode: null,
        })
      : await get(CheckoutService).subscribe(buyer, {
          ...CHOICE,
          subscriptionId: uuid(),
          planCode: 'pro',
        });
    return payment!.orderId;
  }

  async function buy(buyer: AuthenticatedUser, beforeMoney?: () => void): Promise<void> {
    const orderId = await order(buyer);
    channel.pay(orderId);
    const observation = await channel.queryPayment(orderId);
    beforeMoney?.();
    await get(SettlementService).settle(CHANNEL, orderId, observation, 'notification');
  }

  return {
    dataSource,
    buy,
    buyInVain: async (buyer) => {
      isVain = true;
      await buy(buyer).finally(() => (isVain = false));
    },
    deliver: () => get(DeliveryDispatcher).runDue(),
    close: async () => {
      await context.close();
      await dataSource.destroy();
    },
  };
}
