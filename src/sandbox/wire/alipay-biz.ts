import { z } from 'zod';
import { fenFromYuan } from '../../money/fen.js';
import { AlipayError } from './alipay-error.js';

const MAX_AMOUNT_FEN = 10_000_000_000;

/** Yuan as text or number, 0.01 to 100,000,000, at most two decimals → fen. */
const amount = z.union([z.string(), z.number()]).transform((yuan, context) => {
  try {
    const fen = fenFromYuan(String(yuan));
    if (fen >= 1 && fen <= MAX_AMOUNT_FEN) return fen;
  } catch {
    // Reported below, together with amounts out of range.
  }
  context.addIssue('应为0.01至100000000之间、最多两位小数的金额');
  return z.NEVER;
});

const tradeNumber = z.string().regex(/^[0-9A-Za-z_-]{1,64}$/, '应为1至64位字母、数字、下划线或连字符');
const whichTrade = z
  .object({ out_trade_no: tradeNumber.optional(), trade_no: tradeNumber.optional() })
  .refine((biz) => biz.out_trade_no ?? biz.trade_no, 'out_trade_no和trade_no不能同时为空');

const newTrade = z.object({
  out_trade_no: tradeNumber,
  total_amount: amount,
  subject: z.string().min(1).max(256),
  time_expire: z.string().optional(),
  timeout_express: z.string().optional(),
  passback_params: z.string().max(512).optional(),
});

export const pagePayBiz = newTrade.extend({ product_code: z.literal('FAST_INSTANT_TRADE_PAY') });
export const wapPayBiz = newTrade.extend({ product_code: z.literal('QUICK_WAP_WAY') });
export const precreateBiz = newTrade.extend({ product_code: z.literal('QR_CODE_OFFLINE').optional() });

export const agreementPayBiz = newTrade.extend({
  product_code: z.literal('GENERAL_WITHHOLDING'),
  agreement_params: z.object({ agreement_no: z.string().min(1) }),
});

export const queryBiz = whichTrade;
export const closeBiz = whichTrade;
export const refundBiz = whichTrade.and(
  z.object({
    refund_amount: amount,
    refund_reason: z.string().max(256).optional(),
    out_request_no: tradeNumber.optional(),
  }),
);
export const refundQueryBiz = whichTrade.and(
  z.object({ out_request_no: tradeNumber, query_options: z.array(z.string()).default([]) }),
);

export type WhichTrade = z.infer<typeof whichTrade>;
export type NewTradeBiz = z.infer<typeof newTrade>;

/** @throws AlipayError ACQ.INVALID_PARAMETER that names the field. */
export function readBiz<T>(schema: z.ZodType<T>, biz: unknown): T {
  const result = schema.safeParse(biz);
  if (result.success) return result.data;
  const reasons = result.error.issues.map(({ path, message }) =>
    [path.join('.'), message].filter(Boolean).join(' '),
  );
  throw AlipayError.business('INVALID_PARAMETER', `参数无效：${reasons.join('；')}`);
}
