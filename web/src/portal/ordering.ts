import {
  CommercialError,
  type Payment,
  type PaymentInstruction,
  type TopupInput,
} from '@idoctor/commercial-client';
import { client } from '../kit/client.js';

export type Provider = 'alipay' | 'wechat';

/** What somebody wants to pay for. */
export type Wish =
  | { purpose: 'subscription' | 'change'; planCode: string }
  | { purpose: 'renewal' }
  | { purpose: 'topup'; packCode: string };

const OTHER: Record<Provider, Provider> = { alipay: 'wechat', wechat: 'alipay' };

/** On a phone the wallet is on this very device: it is opened, and nothing is scanned. */
export function isPhone(): boolean {
  return matchMedia('(pointer: coarse) and (width < 900px)').matches;
}

function methodOf(provider: Provider): string {
  if (provider === 'alipay') return isPhone() ? 'wap' : 'qr';
  return isPhone() ? 'h5' : 'native';
}

/** Where a channel leads the buyer back to; it adds the order's number, or the page remembers it. */
function returnUrl(): string {
  return `${location.origin}/portal/checkout`;
}

/**
 * Orders. A second order for the same purpose takes the place of the first one, which is closed.
 *
 * @param isFree where nothing is to be paid no channel is named
 * @returns null where nothing is to be paid
 */
export async function order(
  wish: Wish,
  provider: Provider,
  idempotencyKey: string,
  { isFree = false, method = methodOf(provider) }: { isFree?: boolean; method?: string } = {},
): Promise<PaymentInstruction | null> {
  const choice = isFree ? {} : { provider, method, returnUrl: returnUrl() };
  const { payment } = await send(wish, choice, idempotencyKey);
  return payment;
}

/** Through the channel that is set up, where only one is. */
export async function orderThroughAny(
  wish: Wish,
  idempotencyKey: string,
  isFree: boolean,
): Promise<PaymentInstruction | null> {
  try {
    return await order(wish, 'alipay', idempotencyKey, { isFree });
  } catch (error) {
    if (!(error instanceof CommercialError) || error.code !== 'CHANNEL_NOT_CONFIGURED') throw error;
    return order(wish, OTHER.alipay, `${idempotencyKey}-2`, { isFree });
  }
}

/** The same order again, through another channel or in another way. */
export function orderAgain(
  payment: Payment,
  provider: Provider,
  idempotencyKey: string,
  method?: string,
): Promise<PaymentInstruction | null> {
  const { purpose, planCode } = payment;
  const wish: Wish =
    purpose === 'renewal'
      ? { purpose }
      : { purpose: purpose === 'change' ? 'change' : 'subscription', planCode: planCode ?? '' };
  return order(wish, provider, idempotencyKey, method === undefined ? {} : { method });
}

function send(wish: Wish, choice: object, idempotencyKey: string) {
  const options = { idempotencyKey };
  if (wish.purpose === 'topup')
    return client.topups.buy({ packCode: wish.packCode, ...choice } as TopupInput, options);
  if (wish.purpose === 'renewal') return client.subscriptions.renew(choice, options);
  const body = { planCode: wish.planCode, ...choice };
  return wish.purpose === 'change'
    ? client.subscriptions.change(body, options)
    : client.subscriptions.subscribe(body, options);
}
