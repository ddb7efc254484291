import type { Language } from '../../problems/sentence.js';
import type { SandboxChannel } from '../records/sandbox-order.js';

export interface CashierTexts {
  channel: Record<SandboxChannel, string>;
  title: string;
  sandbox: string;
  subject: string;
  order: string;
  payBefore: string;
  paidAt: string;
  refunded: string;
  state: { unpaid: string; paid: string; closed: string; refunded: string };
  scan: string;
  pay: string;
  back: string;
}

export const CASHIER_TEXTS: Record<Language, CashierTexts> = {
  en: {
    channel: { alipay: 'Alipay', wechat: 'WeChat Pay' },
    title: 'Cashier',
    sandbox: 'Sandbox',
    subject: 'For',
    order: 'Order',
    payBefore: 'Pay before',
    paidAt: 'Paid at',
    refunded: 'Refunded',
    state: {
      unpaid: 'Waiting for payment',
      paid: 'Paid',
      closed: 'Closed, can’t be paid any more',
      refunded: 'Refunded',
    },
    scan: 'Scan with your phone, or pay right here.',
    pay: 'Pay now',
    back: 'Back to the merchant',
  },
  'zh-CN': {
    channel: { alipay: '支付宝', wechat: '微信支付' },
    title: '收银台',
    sandbox: '沙箱',
    subject: '商品',
    order: '订单号',
    payBefore: '支付截止',
    paidAt: '支付时间',
    refunded: '已退款',
    state: { unpaid: '等待支付', paid: '支付成功', closed: '订单已关闭，无法支付', refunded: '已退款' },
    scan: '请用手机扫码，或直接在此支付。',
    pay: '立即支付',
    back: '返回商户',
  },
};
