import { newIdempotencyKey } from '../http/idempotency-key.js';
import type { AccountClient } from '../account-client.js';
import type { Checkout, Payment, PaymentInstruction, SubscribeInput } from '../types.js';

/**
 * `idle` → `starting` → `waiting` (for the buyer, at `payment.paymentUrl` or `payment.qrCode`) → `paid`, or `closed`
 * where the time is over or the order was closed. `failed` where ordering was refused or not possible: see `error`.
 */
export type CheckoutPhase = 'idle' | 'starting' | 'waiting' | 'paid' | 'closed' | 'failed';

export interface CheckoutState {
  phase: CheckoutPhase;
  /** What to pay, and where; null for what costs nothing, and before the order is made. */
  payment: PaymentInstruction | null;
  error: unknown;
}

const IDLE: CheckoutState = { phase: 'idle', payment: null, error: null };

/** One buyer's way from a plan to its payment. Asks for the payment until it is settled. */
export class CheckoutFlow {
  state: CheckoutState = IDLE;
  private readonly listeners = new Set<() => void>();
  private stop = new AbortController();
  /** The same order however often the button is pressed, until the wish is another. */
  private wish: { text: string; idempotencyKey: string } | null = null;

  constructor(
    private readonly client: AccountClient,
    private readonly pollMs: number,
    private readonly onPaid: () => void,
  ) {}

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Orders, and waits for the payment in the background. A second call while one is under way does nothing. */
  async start(input: SubscribeInput): Promise<void> {
    if (this.state.phase === 'starting' || this.state.phase === 'waiting') return;
    const text = JSON.stringify(input);
    if (this.wish?.text !== text) this.wish = { text, idempotencyKey: newIdempotencyKey() };
    const { signal } = (this.stop = new AbortController());
    this.become({ phase: 'starting', payment: null, error: null });
    let checkout: Checkout;
    try {
      checkout = await this.client.subscriptions.subscribe(input, {
        idempotencyKey: this.wish.idempotencyKey,
        signal,
      });
    } catch (error) {
      if (!signal.aborted) this.become({ phase: 'failed', payment: null, error });
      return;
    }
    this.wish = null;
    if (!checkout.payment) return this.paid(null);
    this.become({ phase: 'waiting', payment: checkout.payment, error: null });
    void this.wait(checkout.payment, signal);
  }

  /** Asks now, as for a button "I have paid". */
  async check(): Promise<void> {
    const { payment, phase } = this.state;
    if (payment && phase === 'waiting') await this.look(payment, this.stop.signal);
  }

  /** Closes the order. @throws ConflictError where it was paid meanwhile, which is then shown */
  async cancel(): Promise<void> {
    const { payment } = this.state;
    if (!payment || this.state.phase !== 'waiting') return this.reset();
    try {
      await this.client.payments.close(payment.orderId);
    } catch (error) {
      await this.check();
      throw error;
    }
    this.stop.abort();
    this.become({ ...this.state, phase: 'closed' });
  }

  /** Forgets the order, which stays as it is at the service. */
  reset(): void {
    this.stop.abort();
    this.wish = null;
    this.become(IDLE);
  }

  /** Stops asking. */
  leave(): void {
    this.stop.abort();
  }

  private async wait(payment: PaymentInstruction, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.state.phase === 'waiting') {
      await new Promise((resolve) => setTimeout(resolve, this.pollMs));
      if (!signal.aborted) await this.look(payment, signal);
    }
  }

  private async look(payment: PaymentInstruction, signal: AbortSignal): Promise<void> {
    let found: Payment;
    try {
      found = await this.client.payments.get(payment.orderId, { signal });
    } catch (error) {
      // It goes on: the state is found again when the network is back.
      if (!signal.aborted) this.become({ ...this.state, error });
      return;
    }
    if (signal.aborted || this.state.phase !== 'waiting') return;
    if (found.status === 'closed' || found.status === 'failed') {
      this.become({ phase: 'closed', payment, error: null });
    } else if (found.status === 'pending') {
      if (this.state.error) this.become({ ...this.state, error: null });
    } else this.paid(payment);
  }

  private paid(payment: PaymentInstruction | null): void {
    this.become({ phase: 'paid', payment, error: null });
    this.onPaid();
  }

  private become(state: CheckoutState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
