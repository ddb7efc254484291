/** Both channels, in a process of their own that outlives the app's deaths. */
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SandboxModule, SandboxOrders } from '../../src/sandbox/index.js';
import { MovableClock } from '../support/movable-clock.js';
import { obey, settingsOfProcess, untilBegun } from './messages.js';

await untilBegun();
const { port, gatewayUrl, journalPath, keys } = settingsOfProcess();
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

obey((order) => {
  if (order.do === 'forward') clock.forward(order.ms);
  if (order.do === 'cheapen') cheapen(order.orderId);
  return 0;
});

function cheapen(orderId: string): void {
  const orders = app.get(SandboxOrders, { strict: false });
  const order = orders.findAnywhere(orderId);
  if (order?.state === 'unpaid') orders.save({ ...order, amountFen: 1 });
}
