import { setTimeout as delay } from 'node:timers/promises';
import { send, type Answer } from '../../test/support/http-client.js';
import type { Random } from './random.js';

export const ADMINISTRATOR = { email: 'chaos-admin@example.com', password: 'correct horse battery staple' };

const METHODS = { alipay: ['page', 'wap', 'qr'], wechat: ['native', 'h5'] } as const;

/** An order as its buyer remembers it. */
interface Remembered {
  orderId: string;
  token: string;
  paymentUrl: string | null;
}

/** Everybody who does something: buyers at the app and at the cashier, and the administrator. */
export class Buyers {
  /** How often each thing was tried. */
  readonly counts: Record<string, number> = {};
  /** How often the app gave which answer. */
  readonly answers: Record<string, number> = {};
  private readonly orders: Remembered[] = [];
  private readonly tokens: string[] = [];
  private adminToken: string | null = null;
  private people = 0;

  constructor(
    private readonly appUrl: string,
    private readonly gatewayUrl: string,
    private readonly run: string,
  ) {}

  /** Pays an order whose price somebody at the channel changes just before. */
  async payTampered(random: Random, tamper: (orderId: string) => Promise<unknown>): Promise<void> {
    const order = this.recent(random);
    if (!order) return;
    if (order.paymentUrl) await fetch(order.paymentUrl, { redirect: 'manual' });
    await tamper(order.orderId);
    await this.payAtCashier(order);
  }

  /** Does one random thing. What fails fails: the app may be dead just now, and people try again. */
  async act(random: Random): Promise<void> {
    const deeds = [
      [28, 'order', () => this.order(random)],
      [24, 'pay', () => this.pay(random)],
      [10, 'poll', () => this.ofSomeOrder(random, 'GET', '')],
      [8, 'close', () => this.ofSomeOrder(random, 'POST', '/close')],
      [14, 'refund', () => this.refund(random)],
      [4, 'pay twice at once', () => Promise.all([this.pay(random), this.pay(random)])],
      [12, 'pay, and look in a crowd', () => this.payAndLook(random)],
    ] as const;
    let dice = random.below(100);
    for (const [weight, name, deed] of deeds) {
      dice -= weight;
      if (dice >= 0) continue;
      this.counts[name] = (this.counts[name] ?? 0) + 1;
      await deed().catch(() => delay(50));
      return;
    }
  }

  private async order(random: Random): Promise<void> {
    const token = await this.somebody(random);
    const provider = random.pick(['alipay', 'wechat'] as const);
    const method = random.pick<string>(METHODS[provider]);
    const planCode = random.pick(['pro', 'enterprise']);
    const { status, body } = await this.call('POST', '/subscriptions', {
      token,
      body: { planCode, provider, method },
    });
    if (status !== 201 || !body.payment) return;
    const { orderId, paymentUrl } = body.payment;
    this.orders.push({ orderId, token, paymentUrl });
  }

  /** The buyer opens the link, where the order has one, and pays; maybe an order that is closed or paid by now. */
  private async pay(random: Random): Promise<void> {
    const order = this.recent(random);
    if (!order) return;
    if (order.paymentUrl) await fetch(order.paymentUrl, { redirect: 'manual' });
    await this.payAtCashier(order);
  }

  /** The notification, and many who ask at that moment, all find the same payment. */
  private async payAndLook(random: Random): Promise<void> {
    const order = this.recent(random);
    if (!order) return;
    if (order.paymentUrl) await fetch(order.paymentUrl, { redirect: 'manual' });
    const look = () => this.call('GET', `/payments/${order.orderId}`, { token: order.token });
    await this.payAtCashier(order);
    await Promise.all(Array.from({ length: 6 }, look));
  }

  private async payAtCashier({ orderId }: Remembered): Promise<void> {
    await fetch(`${this.gatewayUrl}/sandbox/payments/${orderId}/pay`, { method: 'POST' });
  }

  private async ofSomeOrder(random: Random, method: string, path: string): Promise<void> {
    const order = this.recent(random);
    if (order) await this.call(method, `/payments/${order.orderId}${path}`, { token: order.token });
  }

  private async refund(random: Random): Promise<void> {
    const order = this.recent(random);
    if (!order) return;
    this.adminToken ??= (await this.call('POST', '/auth/login', { body: ADMINISTRATOR })).body
      .accessToken as string;
    const body = random.chance(50) ? {} : { amount: `${1 + random.below(60)}.00` };
    const clicks = random.chance(30) ? 3 : 1;
    const click = () =>
      this.call('POST', `/payments/${order.orderId}/refunds`, { token: this.adminToken as string, body });
    const answers = await Promise.all(Array.from({ length: clicks }, click));
    if (answers.some(({ status }) => status === 401)) this.adminToken = null;
  }

  private async somebody(random: Random): Promise<string> {
    if (this.tokens.length > 3 && random.chance(40)) return random.pick(this.tokens.slice(-20));
    this.people += 1;
    const email = `chaos-${this.run}-${this.people}@example.com`;
    const { status, body } = await this.call('POST', '/auth/register', {
      body: { email, password: ADMINISTRATOR.password },
    });
    if (status !== 201) throw new Error(`answered ${status}`);
    this.tokens.push(body.accessToken as string);
    return body.accessToken as string;
  }

  private recent(random: Random): Remembered | null {
    return this.orders.length === 0 ? null : random.pick(this.orders.slice(-30));
  }

  private async call(
    method: string,
    path: string,
    call: { token?: string; body?: unknown },
  ): Promise<Answer> {
    const answer = await send(this.appUrl + path, method, call);
    const name = `${method} ${path.replace(/[0-9A-Za-z]{32}/, ':orderId')} ${answer.status}`;
    this.answers[name] = (this.answers[name] ?? 0) + 1;
    return answer;
  }
}
