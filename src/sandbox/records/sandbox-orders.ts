import { Inject, Injectable } from '@nestjs/common';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import { SandboxJournal } from './sandbox-journal.js';
import { close, hasExpired, type SandboxChannel, type SandboxOrder } from './sandbox-order.js';

type ExpiryListener = (order: SandboxOrder) => void;

/** The gateways' order book: in memory, every change in the journal first. */
@Injectable()
export class SandboxOrders {
  private readonly book = new Map<string, SandboxOrder>();
  private readonly expiryListeners: ExpiryListener[] = [];

  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly journal: SandboxJournal,
  ) {
    for (const entry of journal.entries) if ('order' in entry) this.remember(entry.order);
  }

  /** The order as it stands now: one past its time is closed by this very look. */
  find(channel: SandboxChannel, outTradeNo: string): SandboxOrder | null {
    const order = this.book.get(keyOf(channel, outTradeNo));
    return order ? this.current(order) : null;
  }

  findByTradeNo(channel: SandboxChannel, channelTradeNo: string): SandboxOrder | null {
    for (const order of this.book.values()) {
      if (order.channel === channel && order.channelTradeNo === channelTradeNo) return this.current(order);
    }
    return null;
  }

  /** The order at whichever channel knows it. */
  findAnywhere(outTradeNo: string): SandboxOrder | null {
    return this.find('alipay', outTradeNo) ?? this.find('wechat', outTradeNo);
  }

  /** Every order, as last written down. */
  all(): readonly SandboxOrder[] {
    return [...this.book.values()];
  }

  save(order: SandboxOrder): SandboxOrder {
    this.journal.append({ order });
    this.remember(order);
    return order;
  }

  /** Called for each order that the gateway closes because its time ran out. */
  onExpiry(listener: ExpiryListener): void {
    this.expiryListeners.push(listener);
  }

  private current(order: SandboxOrder): SandboxOrder {
    if (!hasExpired(order, this.options.clock.now())) return order;
    const closed = this.save(close(order, new Date(order.expiresAt)));
    for (const listener of this.expiryListeners) listener(closed);
    return closed;
  }

  private remember(order: SandboxOrder): void {
    this.book.set(keyOf(order.channel, order.outTradeNo), order);
  }
}

function keyOf(channel: SandboxChannel, outTradeNo: string): string {
  return `${channel}:${outTradeNo}`;
}
