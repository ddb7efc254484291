import type { SandboxChannel } from './sandbox-order.js';

/** A notification on its way. Its content is fixed when the event happens and is signed afresh for every attempt. */
export interface SandboxNotice {
  /** The channel's id of the notification, the same in every attempt. */
  readonly id: string;
  readonly channel: SandboxChannel;
  readonly outTradeNo: string;
  readonly url: string;
  /** What it says, in the form that the channel's {@link NoticeWire} sends. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Attempts that failed. */
  readonly attempts: number;
  readonly state: 'pending' | 'acknowledged' | 'abandoned';
}

/** How one channel puts notifications on the wire. */
export interface NoticeWire {
  /** Signs the notification as of now. */
  envelope(notice: SandboxNotice): { headers: Record<string, string>; body: string };
  /** Whether the merchant's answer means that it need not come again. */
  isAcknowledged(status: number, body: string): boolean;
}

/** Injection token of the wires by channel. */
export const NOTICE_WIRES = Symbol('NOTICE_WIRES');

export type NoticeWires = Readonly<Record<SandboxChannel, NoticeWire>>;
