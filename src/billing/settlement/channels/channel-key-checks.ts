import { Injectable } from '@nestjs/common';
import { PaymentProviderRegistry } from '../../../providers/payment-provider-registry.js';
import { ChannelKeyFaults } from './channel-key-faults.js';

/** `unknown`: the channel didn't answer, has no call for it, or doesn't sign what it answers. */
export type ChannelKeyState = 'right' | 'wrong' | 'unknown';

const AGAIN_MS = { right: 10 * 60_000, wrong: 30_000, unknown: 30_000 } as const;

/** Asks each channel, by a harmless call, whether the keys of both sides are right. */
@Injectable()
export class ChannelKeyChecks {
  readonly #states = new Map<string, { state: ChannelKeyState; at: number }>();
  #running: Promise<void> | null = null;

  constructor(
    private readonly providers: PaymentProviderRegistry,
    private readonly faults: ChannelKeyFaults,
  ) {}

  /** What is known now. Checks that are due begin in the background; the first are waited for, `patienceMs` at most. */
  async states(patienceMs: number): Promise<Record<string, ChannelKeyState>> {
    const isFirst = this.#states.size === 0;
    const checks = this.#checkDue();
    if (isFirst) await within(checks, patienceMs);
    const { names } = this.providers;
    return Object.fromEntries(names.map((name) => [name, this.#states.get(name)?.state ?? 'unknown']));
  }

  #checkDue(): Promise<void> {
    this.#running ??= this.#check().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #check(): Promise<void> {
    const now = Date.now();
    const due = this.providers.names.filter((name) => {
      const known = this.#states.get(name);
      return !known || now - known.at >= AGAIN_MS[known.state];
    });
    await Promise.all(due.map((name) => this.#checkOne(name)));
  }

  async #checkOne(name: string): Promise<void> {
    const check = await this.providers.find(name)?.checkKeys?.();
    const state = check?.outcome ?? 'unknown';
    if (check?.outcome === 'wrong') this.faults.found(name, 'answer', check.reason);
    this.#states.set(name, { state, at: Date.now() });
  }
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
