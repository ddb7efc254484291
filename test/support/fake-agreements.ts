import type {
  AgreementNotification,
  AgreementObservation,
  AgreementRequest,
  CancelResult,
  ChargeResult,
  PaymentAgreements,
  SignResult,
} from '../../src/providers/payment-agreements.js';
import type { PaymentOrder } from '../../src/providers/payment-order.js';
import type { FakeChannel } from './fake-channel.js';

const AWAY = { outcome: 'unknown', reason: 'the channel is away' } as const;

/** Agreements in a fake channel's books. The spec signs them, and says what becomes of charges. */
export class FakeAgreements implements PaymentAgreements {
  /** By our number. */
  readonly states = new Map<string, 'active' | 'ended'>();
  /** Every order that a charge was asked for, in order. */
  readonly charges: string[] = [];
  /** True: charges are refused. */
  empty = false;
  /** What a charge waits for before it does anything. */
  gate: Promise<void> | null = null;
  /** True: charges are made, and their answers lost. */
  mute = false;

  constructor(private readonly channel: FakeChannel) {}

  async sign({ agreementId }: AgreementRequest): Promise<SignResult> {
    if (this.channel.away) return AWAY;
    return { outcome: 'created', signUrl: `https://sign.example/${agreementId}` };
  }

  async query(agreementId: string): Promise<AgreementObservation> {
    if (this.channel.away) return AWAY;
    const state = this.states.get(agreementId);
    if (state !== 'active') return { outcome: state ?? 'pending' };
    return { outcome: 'active', agreementNo: `A${agreementId}`, signedAt: this.channel.now() };
  }

  async charge({ orderId, amountFen }: PaymentOrder, agreementNo: string): Promise<ChargeResult> {
    this.charges.push(orderId);
    await this.gate;
    if (this.channel.away) return AWAY;
    const known = this.channel.orders.get(orderId);
    if (known?.state === 'closed') return { outcome: 'closed' };
    if (this.empty || this.states.get(agreementNo.slice(1)) !== 'active') {
      return { outcome: 'refused', code: 'NO_MONEY', message: 'nothing to charge' };
    }
    this.channel.pay(orderId, amountFen);
    if (this.mute) return AWAY;
    return { outcome: 'paid', trade: this.channel.trade(orderId) };
  }

  async cancel(agreementId: string): Promise<CancelResult> {
    if (this.channel.away) return AWAY;
    if (this.states.has(agreementId)) this.states.set(agreementId, 'ended');
    return { outcome: 'ended' };
  }

  /** The result itself as JSON, beside those of payments. */
  async readNotification({ body }: { body: Buffer }): Promise<AgreementNotification | null> {
    const told = JSON.parse(body.toString()) as Partial<AgreementNotification>;
    return told.agreementId === undefined ? null : (told as AgreementNotification);
  }
}
