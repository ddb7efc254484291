import { IsOptional, IsString, IsUrl, Matches, MaxLength } from 'class-validator';
import type { Problem } from '../../../problems/problem.js';
import { invalidInput } from '../../../problems/validation.pipe.js';
import type { Payer } from '../../../providers/payment-order.js';
import { says } from '../../../problems/says.js';

/** How somebody wants to pay: the part that all purchases have in common. */
export class PaymentChoiceDto {
  /** The channel to pay through: `alipay`, `wechat`, or one that the host added. Needed where something is to be paid. @example "alipay" */
  @IsOptional()
  @IsString()
  @Matches(/^[a-z][a-z0-9_]{0,31}$/, says('must be the name of a payment channel', '必须是支付渠道的名称'))
  provider?: string;

  /** Where the buyer's browser goes after paying; http or https. @example "https://www.example.com/paid" */
  @IsOptional()
  @MaxLength(256)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  returnUrl?: string;

  /**
   * The way to pay. Alipay: `page` (default), `wap`, `qr`; WeChat Pay: `native` (default), `h5`, `jsapi`.
   * @example "page"
   */
  @IsOptional()
  @IsString()
  @Matches(/^[a-z][a-z0-9_]{0,31}$/, says('must be the name of a way to pay', '必须是支付方式的名称'))
  method?: string;

  /** The buyer's id within your WeChat app; needed for `jsapi`. */
  @IsOptional()
  @IsString()
  @Matches(
    /^[0-9A-Za-z_-]{1,128}$/,
    says('must be 1 to 128 of 0-9, A-Z, a-z, _ and -', '必须是 1 至 128 个 0-9、A-Z、a-z、_ 或 -'),
  )
  openId?: string;
}

/** Who pays, and where the browser goes afterwards: told to the channel only. */
export interface Buyer {
  returnUrl: string | null;
  payer: Payer;
}

export interface PaymentChoice extends Buyer {
  /** Null where the buyer named none. */
  provider: string | null;
  /** Null for the channel's default. */
  method: string | null;
}

/** @returns a 400 for a purchase that costs money, and names no channel to pay it through. */
export function missingProvider(): Problem {
  const message = {
    en: 'provider must be named where something is to be paid: alipay or wechat',
    'zh-CN': '需要付款时必须指定 provider：alipay 或 wechat',
  };
  return invalidInput([{ field: 'provider', message }]);
}

/** @returns a 400 for a purchase through a channel that nobody has heard of. */
export function unknownProvider(known: readonly string[]): Problem {
  const names = [...new Set(known)].join(', ');
  const message = { en: `provider must be one of ${names}`, 'zh-CN': `provider 必须是 ${names} 之一` };
  return invalidInput([{ field: 'provider', message }]);
}

/**
 * @param ip the buyer's address, which some ways to pay tell the channel
 * @throws Problem VALIDATION_FAILED for WeChat's JSAPI without an `openId`: it alone pays as somebody, whom the host has
 *   to have asked WeChat about
 */
export function paymentChoice(body: PaymentChoiceDto, ip: string): PaymentChoice {
  const { provider = null, method = null, returnUrl = null, openId = null } = body;
  if (provider === 'wechat' && method === 'jsapi' && openId === null) {
    const message = {
      en: 'openId must be given for the method jsapi',
      'zh-CN': '使用 jsapi 方式时必须提供 openId',
    };
    throw invalidInput([{ field: 'openId', message }]);
  }
  return { provider, method, returnUrl, payer: { ip, openId } };
}
