import { createBrowserClient, type BrowserClient } from '../browser-client.js';
import type { ConnectionOptions } from '../http/requester.js';
import type { BodyOf } from '../routes/routes.js';

export interface SandboxOptions extends ConnectionOptions {
  /** For the clock, which only administrators move: as in ADMIN_EMAIL and ADMIN_PASSWORD. */
  administrator?: { email: string; password: string };
}

/** Drives a service that runs with PAYMENTS_SANDBOX: its clock and its cashier. */
export class Sandbox {
  private readonly administrator: SandboxOptions['administrator'];
  private readonly client: BrowserClient;

  constructor({ administrator, ...connection }: SandboxOptions) {
    this.administrator = administrator;
    this.client = createBrowserClient(connection);
  }

  /** The buyer pays; the gateway notifies the service in the background. */
  async pay(orderId: string): Promise<void> {
    await this.client.request('POST /sandbox/payments/{orderId}/pay', { path: { orderId } });
  }

  /** The business time. */
  async now(): Promise<Date> {
    await this.signIn();
    return new Date((await this.client.request('GET /sandbox/clock')).now);
  }

  /** Moves the business time ahead, and with it all that falls due. @returns the new time */
  async advance(move: BodyOf<'POST /sandbox/clock'>): Promise<Date> {
    await this.signIn();
    return new Date((await this.client.request('POST /sandbox/clock', { body: move })).now);
  }

  /** Each time: what was signed in before may have ended by the time that passed. */
  private async signIn(): Promise<void> {
    if (!this.administrator)
      throw new Error('the clock needs `administrator`: its e-mail address and password');
    await this.client.auth.login(this.administrator);
  }
}

export function sandbox(options: SandboxOptions): Sandbox {
  return new Sandbox(options);
}
