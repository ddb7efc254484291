import { BillUnavailableError, type BillAbsence } from '../../src/providers/bill-unavailable.error.js';
import type { PaymentAgreements } from '../../src/providers/payment-agreements.js';
import type {
  BillLine,
  UnreadableRow,
  CloseResult,
  CreateResult,
  NotificationAnswer,
  NotificationResult,
  PaymentProvider,
  RefundOrder,
  RefundQuery,
  RefundResult,
} from '../../src/providers/payment-provider.js';
import type { RawNotification } from '../../src/providers/raw-notification.js';
import type { PaidTrade, PaymentObservation } from '../../src/providers/payment-observation.js';
import type { PaymentOrder } from '../../src/providers/payment-order.js';

export interface Call {
  method: 'create' | 'query' | 'close' | 'refund' | 'queryRefund';
  orderId: string;
  refundNo?: string;
  /** What the buyer reads. */
  reason?: string | null;
}

interface Order {
  amountFen: number;
  state: 'open' | 'paid' | 'closed';
  tradeNo: string;
}

const AWAY = { outcome: 'unknown', reason: 'the channel is away' } as const;

/**
 * A host's own channel, with its books in memory: specs pay, refund and break it as no gateway would, and read which
 * calls were made. Notifications are the very results as JSON, unsigned: what providers verify isn't billing's matter.
 */
export class FakeChannel implements PaymentProvider {
  readonly acknowledgement: NotificationAnswer = { status: 200, contentType: 'text/plain', body: 'ok' };
  readonly calls: Call[] = [];
  readonly orders = new Map<string, Order>();
  /** Refunds that the channel has made or is making, by number. */
  readonly refunds = new Map<string, { orderId: string; amountFen: number; result: RefundResult }>();
  /** What requests for a refund are answered with next, in order; nothing is made at the channel by them. */
  readonly refundAnswers: RefundResult[] = [];
  /** True: every call's outcome is unknown, and nothing is done. */
  away = false;
  /** True: it opens no order, and says so. */
  refuses = false;
  /** True: it closes nothing that isn't paid, as if no buyer had opened the link yet, which can still be paid. */
  linksLive = false;
  /** What a query waits for before it answers. */
  gate: Promise<void> | null = null;
  /** Null: it isn't made yet. Otherwise what the channel says of it. */
  bill: (BillLine | UnreadableRow)[] | Exclude<BillAbsence, 'not_yet'> | null = null;
  billsRefundsWhen?: 'asked' | 'done';
  /** Charging by agreement, where the spec gives it. */
  agreements?: PaymentAgreements;
  /** The channel's own time. */
  now: () => Date = () => new Date();

  constructor(
    readonly name: string,
    readonly methods: readonly string[] = ['window', 'counter'],
  ) {}

  async createPayment({ orderId, amountFen }: PaymentOrder): Promise<CreateResult> {
    this.calls.push({ method: 'create', orderId });
    if (this.away) return AWAY;
    if (this.refuses) return { outcome: 'refused', code: 'CLOSED_SHOP', message: 'not today' };
    if (!this.orders.has(orderId))
      this.orders.set(orderId, { amountFen, state: 'open', tradeNo: `T${orderId}` });
    return { outcome: 'created', paymentUrl: `https://pay.example/${orderId}`, qrCode: null, prepay: null };
  }

  async queryPayment(orderId: string): Promise<PaymentObservation> {
    this.calls.push({ method: 'query', orderId });
    await this.gate;
    if (this.away) return AWAY;
    const order = this.orders.get(orderId);
    if (!order || order.state === 'open') return { outcome: 'pending' };
    if (order.state === 'closed') return { outcome: 'closed' };
    const refundedFen = this.refundedOf(orderId);
    if (refundedFen === 0) return { outcome: 'paid', trade: this.trade(orderId) };
    return { outcome: 'refunded', trade: this.trade(orderId), refundedFen };
  }

  async closePayment(orderId: string): Promise<CloseResult> {
    this.calls.push({ method: 'close', orderId });
    if (this.away) return AWAY;
    const order = this.orders.get(orderId);
    if (order?.state === 'paid') return { outcome: 'paid' };
    if (this.linksLive) return { outcome: 'closed', linkLives: true };
    if (order) order.state = 'closed';
    return { outcome: 'closed' };
  }

  async refund({ orderId, refundNo, amountFen, reason }: RefundOrder): Promise<RefundResult> {
    this.calls.push({ method: 'refund', orderId, refundNo, reason });
    const answer = this.refundAnswers.shift();
    if (answer) return answer;
    if (this.away) return AWAY;
    const known = this.refunds.get(refundNo);
    if (known) return known.result;
    const result: RefundResult = { outcome: 'succeeded', refundedAt: null };
    this.refunds.set(refundNo, { orderId, amountFen, result });
    return result;
  }

  async queryRefund({ orderId, refundNo }: RefundQuery): Promise<RefundResult> {
    this.calls.push({ method: 'queryRefund', orderId, refundNo });
    if (this.away) return AWAY;
    const known = this.refunds.get(refundNo);
    if (!known) return { outcome: 'absent' };
    const { result, amountFen } = known;
    return result.outcome === 'succeeded' ? { ...result, amountFen } : result;
  }

  async readNotification({ body }: RawNotification): Promise<NotificationResult> {
    return JSON.parse(body.toString(), (_, value: unknown) =>
      typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value) : value,
    ) as NotificationResult;
  }

  refusal(status: number, message: string): NotificationAnswer {
    return { status, contentType: 'text/plain', body: message };
  }

  async *downloadBill(date: string): AsyncIterable<BillLine | UnreadableRow> {
    if (this.bill === null) throw new BillUnavailableError(this.name, date, 'not made yet');
    if (typeof this.bill === 'string')
      throw new BillUnavailableError(this.name, date, 'no such bill', this.bill);
    yield* this.bill;
  }

  /** The buyer pays: also an order that is closed here, or that never arrived. */
  pay(orderId: string, amountFen = 9900): void {
    const order = this.orders.get(orderId) ?? { amountFen, state: 'open', tradeNo: `T${orderId}` };
    this.orders.set(orderId, { ...order, state: 'paid' });
  }

  trade(orderId: string): PaidTrade {
    const { amountFen, tradeNo } = this.orders.get(orderId)!;
    return { orderId, tradeNo, amountFen, currency: 'CNY', paidAt: this.now() };
  }

  made(method: Call['method'], orderId?: string): Call[] {
    return this.calls.filter((call) => call.method === method && (!orderId || call.orderId === orderId));
  }

  protected refundedOf(orderId: string): number {
    const made = [...this.refunds.values()].filter(
      (refund) => refund.orderId === orderId && refund.result.outcome === 'succeeded',
    );
    return made.reduce((sum, { amountFen }) => sum + amountFen, 0);
  }
}
