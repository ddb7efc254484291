import {
  close,
  hasExpired,
  pay,
  putRefund,
  refundedFen,
  type SandboxOrder,
  type SandboxRefund,
} from './sandbox-order.js';

const at = new Date('2026-03-01T00:00:00.000Z');
const order: SandboxOrder = {
  channel: 'wechat',
  outTradeNo: 'order1',
  channelTradeNo: '4200001',
  amountFen: 9900,
  subject: 'pro',
  notifyUrl: null,
  returnUrl: null,
  attachment: null,
  state: 'unpaid',
  createdAt: at.toISOString(),
  expiresAt: '2026-03-01T00:30:00.000Z',
  paidAt: null,
  closedAt: null,
  refunds: [],
};

function refund(refundNo: string, amountFen: number): SandboxRefund {
  return {
    refundNo,
    channelRefundNo: '5000001',
    amountFen,
    reason: null,
    notifyUrl: null,
    state: 'processing',
    createdAt: at.toISOString(),
    succeededAt: null,
  };
}

describe('an order', () => {
  it('leaves unpaid once, in one direction', () => {
    expect(pay(order, at)).toMatchObject({ state: 'paid', paidAt: at.toISOString() });
    expect(close(order, at)).toMatchObject({ state: 'closed', closedAt: at.toISOString() });
    expect(() => pay(close(order, at), at)).toThrow('closed already');
    expect(() => close(pay(order, at), at)).toThrow('paid already');
    expect(() => pay(pay(order, at), at)).toThrow('paid already');
  });

  it('expires at its time, and only unpaid', () => {
    expect(hasExpired(order, new Date('2026-03-01T00:29:59.999Z'))).toBe(false);
    expect(hasExpired(order, new Date('2026-03-01T00:30:00.000Z'))).toBe(true);
    expect(hasExpired(pay(order, at), new Date('2027-01-01T00:00:00.000Z'))).toBe(false);
  });

  it('never refunds more than its amount, and counts a number once', () => {
    const paid = putRefund(putRefund(pay(order, at), refund('R1', 9000)), refund('R1', 9000));
    expect(refundedFen(paid)).toBe(9000);
    expect(refundedFen(putRefund(paid, refund('R2', 900)))).toBe(9900);
    expect(() => putRefund(paid, refund('R2', 901))).toThrow(RangeError);
  });
});
