import { Injectable } from '@nestjs/common';
import type { SandboxChannel } from '../records/sandbox-order.js';
import { concernsNotices, concernsRefunds, type CallFault, type Fault, type NoticeFault } from './fault.js';

/** The faults that are asked for; the first that fits happens first. */
@Injectable()
export class SandboxFaults {
  private faults: Fault[] = [];

  get all(): readonly Fault[] {
    return this.faults;
  }

  add(fault: Fault): void {
    this.faults.push(fault);
  }

  clear(): void {
    this.faults = [];
  }

  /** What goes wrong with this call; counted as happened. */
  takeForCall(channel: SandboxChannel): CallFault | null {
    const fault = this.find(channel, (one) => !concernsNotices(one) && !concernsRefunds(one));
    return fault && this.use(fault as CallFault);
  }

  /** What goes wrong with this notification; counted as happened. */
  takeForNotice(channel: SandboxChannel): NoticeFault | null {
    const fault = this.find(channel, concernsNotices);
    return fault && this.use(fault as NoticeFault);
  }

  /** Whether this new refund is refused; counted as happened. */
  takeRefusedRefund(channel: SandboxChannel): boolean {
    const fault = this.find(channel, ({ kind }) => kind === 'refund_refused');
    return fault !== null && Boolean(this.use(fault));
  }

  holdsRefunds(channel: SandboxChannel): boolean {
    return this.find(channel, ({ kind }) => kind === 'refund_held') !== null;
  }

  private find(channel: SandboxChannel, fits: (fault: Fault) => boolean): Fault | null {
    return this.faults.find((one) => (one.channel ?? channel) === channel && fits(one)) ?? null;
  }

  private use<F extends Fault>(fault: F): F {
    if (!('times' in fault) || fault.times === undefined) return fault;
    const left = fault.times - 1;
    this.faults = this.faults.flatMap((one) => {
      if (one !== fault) return [one];
      return left > 0 ? [{ ...one, times: left }] : [];
    });
    return fault;
  }
}
