import { verbatim, type Sentence } from './sentence.js';

/** What somebody may ask for that isn't there: what it is called in Chinese, by its English name. */
const THINGS = {
  account: '账户',
  agreement: '扣款协议',
  'API key': 'API 密钥',
  coupon: '优惠券',
  customer: '客户',
  delivery: '投递记录',
  fapiao: '发票',
  hold: '配额预留',
  invitation: '邀请',
  member: '成员',
  order: '订单',
  organization: '机构',
  override: '权益例外',
  payment: '支付单',
  reconciliation: '对账记录',
  refund: '退款',
  resource: '资源',
  'service key': '服务密钥',
  session: '会话',
  feature: '功能',
  usage: '用量记录',
  'top-up pack; GET /topups lists them': '加量包，可用 GET /topups 查询',
  user: '用户',
  'webhook endpoint': 'Webhook 端点',
} as const;

export type Thing = keyof typeof THINGS;

export function thing(what: Thing | Sentence): Sentence {
  if (typeof what !== 'string') return what;
  return { ...verbatim(what), 'zh-CN': THINGS[what] };
}
