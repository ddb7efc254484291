import { receiptText } from './receipt-texts.js';

const receipt = {
  orderId: 'a'.repeat(32),
  seller: null,
  buyer: 'reader@example.com',
  subject: '专业版',
  paidAt: new Date('2027-01-31T16:30:00Z'),
  provider: 'alipay',
  tradeNo: '1',
  amountFen: 9900,
  currency: 'CNY',
  refunds: [],
  refundedFen: 0,
};

describe('the times on a receipt', () => {
  it('are Beijing’s by default', () => {
    const { rows } = receiptText(receipt, 'zh-CN');
    expect(rows).toContainEqual(['支付时间', '2027-02-01 00:30:00（北京时间）']);
  });

  it('are those of the business’s time zone, which is named', () => {
    const { rows } = receiptText(receipt, 'en', 'Europe/London');
    expect(rows).toContainEqual(['Paid at', '2027-01-31 16:30:00 (Europe/London)']);
  });
});
