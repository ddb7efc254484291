import { AGREEMENT_STATUSES, agreementTransitions } from './ledger/records/agreement-status.js';
import { FAPIAO_STATUSES, fapiaoTransitions } from './documents/fapiao/fapiao-status.js';
import { paymentTransitions, type PaymentStatus } from './ledger/records/payment-status.js';
import { refundTransitions, type RefundStatus } from './ledger/records/refund-status.js';
import { subscriptionTransitions, type SubscriptionStatus } from './ledger/records/subscription-status.js';
import { transitionTable, type TransitionTable } from './ledger/records/transition-table.js';

const PAYMENT: readonly PaymentStatus[] = [
  'pending',
  'paid',
  'closed',
  'failed',
  'partially_refunded',
  'refunded',
];

/** Every status that can be reached from one, in any number of moves. */
function reachable<S extends string>(table: TransitionTable<S>, all: readonly S[], from: S): Set<S> {
  const seen = new Set<S>();
  const open = [from];
  for (let status = open.pop(); status !== undefined; status = open.pop()) {
    for (const next of all) {
      if (table.allows(status, next) && !seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
    }
  }
  return seen;
}

describe('a transition table', () => {
  it('moves as it lists, and names a move that it doesn’t', () => {
    const table = transitionTable<'a' | 'b'>('thing', { a: ['b'], b: [] });
    expect(table.move('a', 'b')).toBe('b');
    expect(() => table.move('b', 'a')).toThrow("a thing can't go from b to a");
    expect(() => table.move('a', 'a')).toThrow("a thing can't go from a to a");
  });
});

describe('payments', () => {
  it('never lose money: whatever isn’t paid yet can become so, and what is paid stays paid or goes back', () => {
    for (const status of ['pending', 'closed', 'failed'] as const) {
      expect(paymentTransitions.allows(status, 'paid')).toBe(true);
    }
    for (const status of ['paid', 'partially_refunded', 'refunded'] as const) {
      for (const unpaid of ['pending', 'closed', 'failed'] as const) {
        expect(reachable(paymentTransitions, PAYMENT, status).has(unpaid)).toBe(false);
      }
    }
  });

  it('are refunded only from what was paid, and never come back from it', () => {
    for (const status of ['pending', 'closed', 'failed'] as const) {
      expect(paymentTransitions.allows(status, 'refunded')).toBe(false);
      expect(paymentTransitions.allows(status, 'partially_refunded')).toBe(false);
    }
    expect(reachable(paymentTransitions, PAYMENT, 'refunded').size).toBe(0);
    expect(paymentTransitions.allows('paid', 'paid')).toBe(false);
  });
});

describe('subscriptions', () => {
  const ENDED = ['replaced', 'refunded', 'expired'] as const satisfies readonly SubscriptionStatus[];

  it('come into force once, from waiting or abandoned, and never after they ended', () => {
    expect(subscriptionTransitions.allows('pending', 'active')).toBe(true);
    expect(subscriptionTransitions.allows('abandoned', 'active')).toBe(true);
    for (const status of ENDED) expect(subscriptionTransitions.allows(status, 'active')).toBe(false);
    for (const status of ['active', ...ENDED] as const) {
      expect(subscriptionTransitions.allows(status, 'pending')).toBe(false);
    }
  });

  it('end as refunded from any status that money can have reached, and for good', () => {
    for (const status of ['pending', 'active', 'abandoned', 'replaced', 'expired'] as const) {
      expect(subscriptionTransitions.allows(status, 'refunded')).toBe(true);
    }
    for (const status of ['pending', 'active', 'abandoned', ...ENDED] as const) {
      expect(subscriptionTransitions.allows('refunded', status)).toBe(false);
    }
  });
});

describe('refunds', () => {
  it('are settled once; a refused one may be asked for again', () => {
    const all: readonly RefundStatus[] = ['pending', 'succeeded', 'failed'];
    expect(refundTransitions.allows('pending', 'succeeded')).toBe(true);
    expect(refundTransitions.allows('pending', 'failed')).toBe(true);
    expect(all.filter((status) => refundTransitions.allows('failed', status))).toEqual([
      'pending',
      'succeeded',
    ]);
    expect(all.filter((status) => refundTransitions.allows('succeeded', status))).toEqual([]);
  });
});

describe('an agreement', () => {
  it('is signed once and ends for good, signed or not', () => {
    const moves = AGREEMENT_STATUSES.flatMap((from) =>
      AGREEMENT_STATUSES.filter((to) => agreementTransitions.allows(from, to)).map((to) => `${from} ${to}`),
    );
    expect(moves).toEqual(['pending active', 'pending ended', 'active ended']);
  });
});

describe('a fapiao', () => {
  it('that was issued is cancelled by a red-letter one and in no other way', () => {
    const after = FAPIAO_STATUSES.filter((to) => fapiaoTransitions.allows('issued', to));
    expect(after).toEqual(['red_letter_due']);
    const end = FAPIAO_STATUSES.filter((to) => fapiaoTransitions.allows('red_letter_due', to));
    expect(end).toEqual(['red_issued']);
  });
});
