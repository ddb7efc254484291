import { Requester, type ConnectionOptions } from '../http/requester.js';
import type { BodyOf } from '../routes/routes.js';

/** Drives a service that runs with PAYMENTS_SANDBOX: its clock and its cashier. */
export class Sandbox {
  private readonly requester: Requester;

  constructor(options: ConnectionOptions) {
    this.requester = new Requester(options, { headers: () => ({}) });
  }

  /** The buyer pays; the gateway notifies the service in the background. */
  async pay(orderId: string): Promise<void> {
    await this.requester.request('POST /sandbox/payments/{orderId}/pay', { path: { orderId } });
  }

  /** The business time. */
  async now(): Promise<Date> {
    return new Date((await this.requester.request('GET /sandbox/clock')).now);
  }

  /** Moves the business time ahead, and with it all that falls due. @returns the new time */
  async advance(move: BodyOf<'POST /sandbox/clock'>): Promise<Date> {
    return new Date((await this.requester.request('POST /sandbox/clock', { body: move })).now);
  }
}

export function sandbox(options: ConnectionOptions): Sandbox {
  return new Sandbox(options);
}
