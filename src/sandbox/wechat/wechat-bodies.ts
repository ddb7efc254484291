import { z } from 'zod';
import { WechatError } from '../wire/wechat-error.js';

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/;

/** Length in characters, not in UTF-16 units: an emoji is one. */
const characters = (min: number, max: number) =>
  z.string().refine((text) => [...text].length >= min && [...text].length <= max, `应为${min}至${max}个字符`);

const bytesUpTo = (max: number) =>
  z.string().refine((text) => Buffer.byteLength(text) <= max, `不应超过${max}个字节`);

const notifyUrl = z
  .string()
  .max(255)
  .refine((text) => {
    if (!URL.canParse(text)) return false;
    const url = new URL(text);
    return /^https?:$/.test(url.protocol) && url.search === '';
  }, '应为不带查询串的URL');

const outTradeNo = z.string().regex(/^[0-9A-Za-z_\-|*]{6,32}$/, '应为6至32位数字、字母或_-|*');
const currency = z.literal('CNY');

/** An IPv4 address in an IPv6 one's clothes is neither to WeChat Pay. */
const ipAddress = z
  .union([z.ipv4(), z.ipv6()], '应为IP地址')
  .refine((text) => !/^::ffff:/i.test(text), '应为IP地址');

export const nativeBody = z.object({
  appid: z.string(),
  mchid: z.string(),
  description: characters(1, 127),
  out_trade_no: outTradeNo,
  time_expire: z
    .string()
    .refine(
      (text) => RFC3339.test(text) && !Number.isNaN(Date.parse(text)),
      '应为RFC 3339时间，如2018-06-08T10:34:56+08:00',
    )
    .optional(),
  attach: characters(0, 128).optional(),
  notify_url: notifyUrl,
  amount: z.object({ total: z.int().min(1), currency: currency.default('CNY') }),
});

export const h5Body = nativeBody.extend({
  scene_info: z.object({
    payer_client_ip: ipAddress,
    h5_info: z.object({ type: z.enum(['iOS', 'Android', 'Wap']) }),
  }),
});

export const jsapiBody = nativeBody.extend({ payer: z.object({ openid: z.string().min(1).max(128) }) });

export const closeBody = z.object({ mchid: z.string() });

export const refundBody = z
  .object({
    transaction_id: z.string().optional(),
    out_trade_no: outTradeNo.optional(),
    out_refund_no: z.string().regex(/^[0-9A-Za-z_\-|*@]{1,64}$/, '应为1至64位数字、字母或_-|*@'),
    reason: bytesUpTo(80).optional(),
    notify_url: notifyUrl.optional(),
    amount: z.object({ refund: z.int().min(1), total: z.int().min(1), currency }),
  })
  .refine((body) => body.transaction_id ?? body.out_trade_no, {
    path: ['out_trade_no'],
    message: '与transaction_id二选一',
  });

export type OrderBody = z.infer<typeof nativeBody>;
export type RefundBody = z.infer<typeof refundBody>;

/** @throws WechatError PARAM_ERROR that points at the first wrong field. */
export function readBody<T>(schema: z.ZodType<T>, bytes: Buffer): T {
  const result = schema.safeParse(parseJson(bytes));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw WechatError.badParameter({
    field: `/${issue?.path.join('/') ?? ''}`,
    issue: issue?.message ?? '无效',
    location: 'body',
  });
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw WechatError.badParameter({ field: '/', issue: '应为JSON', location: 'body' });
  }
}
