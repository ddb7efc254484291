import { z } from 'zod';

const scope = {
  /** Absent: both. */
  channel: z.enum(['alipay', 'wechat']).optional(),
  /** How often it happens; absent: until it is cleared. */
  times: z.int().min(1).max(1_000_000).optional(),
};
const delayMs = z.int().min(1).max(600_000);

/** Something that goes wrong between a channel and its merchant. */
export const faultSchema = z.discriminatedUnion('kind', [
  // Calls to the gateways
  /** The answer comes late; the work is done at once. */
  z.strictObject({ kind: z.literal('delay'), delayMs, ...scope }),
  /** The work is done, and the connection breaks before its answer. */
  z.strictObject({ kind: z.literal('drop'), ...scope }),
  /** The work is done, and the answer is an HTTP 500. */
  z.strictObject({ kind: z.literal('error'), ...scope }),
  /** An HTTP 500, and nothing is done. */
  z.strictObject({ kind: z.literal('outage'), ...scope }),
  /** The answer lacks its signature. */
  z.strictObject({ kind: z.literal('unsigned'), ...scope }),
  /** The answer says something else than was signed. */
  z.strictObject({ kind: z.literal('tampered'), ...scope }),
  // Notifications
  /** It is sent so many times over, all at once. */
  z.strictObject({ kind: z.literal('duplicate'), copies: z.int().min(2).max(100), ...scope }),
  /** It waits until the next one has been sent. */
  z.strictObject({ kind: z.literal('reorder'), ...scope }),
  /** It is sent so much later. */
  z.strictObject({ kind: z.literal('late'), delayMs, ...scope }),
  /** It is never sent. */
  z.strictObject({ kind: z.literal('suppress'), ...scope }),
  /** A copy with a signature that can't be right goes before it. */
  z.strictObject({ kind: z.literal('probe'), ...scope }),
  // Refunds
  /** The merchant's balance is too low: the refund is refused, and nothing is done. */
  z.strictObject({ kind: z.literal('refund_refused'), ...scope }),
  /** Refunds are accepted and not done for as long as this lasts. */
  z.strictObject({ kind: z.literal('refund_held'), channel: scope.channel }),
]);

export type Fault = z.infer<typeof faultSchema>;

const OF_NOTICES = ['duplicate', 'reorder', 'late', 'suppress', 'probe'] as const;

const OF_REFUNDS = ['refund_refused', 'refund_held'] as const;

export type RefundFault = Extract<Fault, { kind: (typeof OF_REFUNDS)[number] }>;
export type NoticeFault = Extract<Fault, { kind: (typeof OF_NOTICES)[number] }>;
export type CallFault = Exclude<Fault, NoticeFault | RefundFault>;

export function concernsNotices(fault: Fault): fault is NoticeFault {
  return (OF_NOTICES as readonly string[]).includes(fault.kind);
}

export function concernsRefunds(fault: Fault): fault is RefundFault {
  return (OF_REFUNDS as readonly string[]).includes(fault.kind);
}
