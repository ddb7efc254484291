/** Both channels, in a process of their own that outlives the app's deaths. */
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SandboxModule, SandboxOrders, type SandboxOrder } from '../../src/sandbox/index.js';
import { obey, settingsOfProcess, untilBegun } from '../../test/support/child-orders.js';
import { MovableClock } from '../../test/support/movable-clock.js';
import type { Order, ProcessSettings } from './messages.js';

await untilBegun();
const { port, gatewayUrl, journalPath, keys } = settingsOfProcess<ProcessSettings>();
const clock = new MovableClock();
const app = await NestFactory.create<NestFastifyApplication>(
  SandboxModule.forRoot({
    publicUrl: () => gatewayUrl,
    credentials: keys.gateway,
    journalPath,
    clock,
    notifyDelaysMs: [100, 300, 1_000, 3_000],
  }),
  new FastifyAdapter(),
  { rawBody: true, logger: false },
);
await app.listen(port, '127.0.0.1');

const orders = app.get(SandboxOrders, { strict: false });

obey<Order>((order) => {
  if (order.do === 'forward') clock.forward(order.ms);
  if (order.do === 'cheapen') change(order.orderId, () => ({ amountFen: 1 }));
  if (order.do === 'twin') change(order.orderId, twinOf);
  return 0;
});

function change(orderId: string, difference: (order: SandboxOrder) => Partial<SandboxOrder>): void {
  const order = orders.findAnywhere(orderId);
  if (order?.state === 'unpaid') orders.save({ ...order, ...difference(order) });
}

function twinOf({ channel }: SandboxOrder): Partial<SandboxOrder> {
  const paid = orders.all().findLast((order) => order.channel === channel && order.state === 'paid');
  return paid ? { channelTradeNo: paid.channelTradeNo } : {};
}
