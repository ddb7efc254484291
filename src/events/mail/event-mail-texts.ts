import { DateTime } from 'luxon';
import type { Locale } from '../../auth/identity/users/user.entity.js';
import type { CommercialEvent, EventDataOf, EventType, SubscriptionData } from '../types/event-types.js';

export interface EventMailText {
  subject: string;
  text: string;
}

/** What a text may need beside the event. */
export interface MailContext {
  receiptUrl(orderId: string): string;
  /** An IANA name: the days that people read are days there. */
  timeZone: string;
  /** What the reader calls a quota type. */
  quotaName(quotaType: string): string;
}

type Write<Type extends EventType> = (event: CommercialEvent<Type>, context: MailContext) => EventMailText;
type Texts = { [Type in EventType]?: Record<Locale, Write<Type>> };

const zh = (subject: string, ...lines: string[]): EventMailText => ({
  subject,
  text: `您好：\n\n${lines.join('\n\n')}\n`,
});
const en = (subject: string, ...lines: string[]): EventMailText => ({
  subject,
  text: `Hello,\n\n${lines.join('\n\n')}\n`,
});

/** The types that are written about, in both languages. */
export const EVENT_MAIL_TEXTS: Texts = {
  'subscription.activated': {
    'zh-CN': ({ data: { subscription } }, c) =>
      zh(
        `“${subscription.planName}”已生效`,
        `您订阅的“${subscription.planName}”已生效，有效期至 ${endOf(subscription, c)}。`,
      ),
    en: ({ data: { subscription } }, c) =>
      en(
        `${subscription.planName} is active`,
        `Your subscription to ${subscription.planName} is active until ${endOf(subscription, c)}.`,
      ),
  },
  'subscription.renewed': {
    'zh-CN': ({ data: { subscription } }, c) =>
      zh(
        `“${subscription.planName}”已续订`,
        `您的“${subscription.planName}”已续订，有效期延长至 ${endOf(subscription, c)}。`,
      ),
    en: ({ data: { subscription } }, c) =>
      en(
        `${subscription.planName} is renewed`,
        `Your subscription to ${subscription.planName} now goes on until ${endOf(subscription, c)}.`,
      ),
  },
  'subscription.changed': {
    'zh-CN': ({ data: { subscription } }) =>
      zh(`订阅已更换为“${subscription.planName}”`, `您的订阅已更换为“${subscription.planName}”。`),
    en: ({ data: { subscription } }) =>
      en(`Your plan is now ${subscription.planName}`, `Your subscription is now ${subscription.planName}.`),
  },
  'subscription.expiring': {
    'zh-CN': (event, c) => expiringZh(event.data, c),
    en: (event, c) => expiringEn(event.data, c),
  },
  'subscription.expired': {
    'zh-CN': ({ data: { subscription } }) =>
      zh(
        `“${subscription.planName}”已失效`,
        `您的“${subscription.planName}”已到期失效，重新订阅后即可继续使用。`,
      ),
    en: ({ data: { subscription } }) =>
      en(
        `${subscription.planName} has expired`,
        `Your subscription to ${subscription.planName} has expired. Subscribe again to go on.`,
      ),
  },
  'subscription.canceled': {
    'zh-CN': ({ data: { subscription } }, c) =>
      zh(
        `“${subscription.planName}”已取消`,
        subscription.cancelAtPeriodEnd
          ? `您已取消“${subscription.planName}”，在 ${endOf(subscription, c)} 之前仍可使用。`
          : `您已取消“${subscription.planName}”，订阅现已结束。`,
      ),
    en: ({ data: { subscription } }, c) =>
      en(
        `${subscription.planName} is canceled`,
        subscription.cancelAtPeriodEnd
          ? `You canceled ${subscription.planName}. You can use it until ${endOf(subscription, c)}.`
          : `You canceled ${subscription.planName}. The subscription has ended.`,
      ),
  },
  'payment.paid': {
    'zh-CN': ({ data: { payment } }, { receiptUrl }) =>
      zh(
        `已收到付款 ¥${payment.amount}`,
        `订单 ${payment.orderId}${payment.planName === null ? '' : `（${payment.planName}）`}已付款 ¥${payment.amount}。`,
        `收据：${receiptUrl(payment.orderId)}`,
      ),
    en: ({ data: { payment } }, { receiptUrl }) =>
      en(
        `Payment of ¥${payment.amount} received`,
        `Order ${payment.orderId}${payment.planName === null ? '' : ` (${payment.planName})`} was paid: ¥${payment.amount}.`,
        `Receipt: ${receiptUrl(payment.orderId)}`,
      ),
  },
  'payment.failed': {
    'zh-CN': ({ data: { payment } }) =>
      zh(
        `自动续费扣款 ¥${payment.amount} 未成功`,
        `${payment.planName === null ? '' : `“${payment.planName}”`}续费订单 ${payment.orderId} 扣款 ¥${payment.amount} 未成功，请检查支付账户的余额和限额。`,
        '宽限期内每天会重新扣款，您也可以自行续订，服务不会中断。',
      ),
    en: ({ data: { payment } }) =>
      en(
        `The renewal of ¥${payment.amount} could not be charged`,
        `Order ${payment.orderId}${payment.planName === null ? '' : ` (${payment.planName})`} could not be charged: ¥${payment.amount}. Please look after the balance and limits of your payment account.`,
        'It is tried again each day within the grace period. You can also renew by yourself, and nothing is interrupted.',
      ),
  },
  'payment.refunded': {
    'zh-CN': ({ data: { payment, refund } }) =>
      zh(`已退款 ¥${refund.amount}`, `订单 ${payment.orderId} 已退款 ¥${refund.amount}，款项原路退回。`),
    en: ({ data: { payment, refund } }) =>
      en(
        `¥${refund.amount} refunded`,
        `¥${refund.amount} of order ${payment.orderId} went back the way it came.`,
      ),
  },
  'quota.threshold': {
    'zh-CN': ({ data }, { quotaName }) =>
      zh(
        `配额已使用 ${data.percent}%`,
        `${quotaName(data.quotaType)}：已使用 ${data.used}，共 ${data.granted}。`,
      ),
    en: ({ data }, { quotaName }) =>
      en(
        `${data.percent}% of your quota is used`,
        `${quotaName(data.quotaType)}: ${data.used} of ${data.granted} used.`,
      ),
  },
};

type Expiring = EventDataOf['subscription.expiring'];

function expiringZh(event: Expiring, c: MailContext): EventMailText {
  const { subscription, daysLeft, trial } = event;
  const what = `“${subscription.planName}”${trial ? '试用' : ''}`;
  const until = endOf(subscription, c);
  if (event.autoRenewal) return renewingZh(event, event.autoRenewal.planName, until);
  return zh(
    daysLeft > 0 ? `${what}将在 ${daysLeft} 天后到期` : `${what}已到期`,
    trial
      ? `您的${what}期至 ${until}，不会自动扣款。付费后服务不会中断。`
      : `您的${what}有效期至 ${until}。续订后服务不会中断。`,
  );
}

function expiringEn(event: Expiring, c: MailContext): EventMailText {
  const { subscription, daysLeft, trial } = event;
  const what = trial ? `Your trial of ${subscription.planName}` : subscription.planName;
  const until = endOf(subscription, c);
  if (event.autoRenewal) return renewingEn(event, event.autoRenewal.planName, until);
  return en(
    daysLeft > 0 ? `${what} ends in ${inDays(daysLeft)}` : `${what} has come to its end`,
    trial
      ? `${what} lasts until ${until}, and nothing is charged by itself. Pay for it, and nothing is interrupted.`
      : `Your subscription to ${what} is paid until ${until}. Renew it, and nothing is interrupted.`,
  );
}

/** An agreement charges a day before the end: who is written to then can't do anything about it any more. */
function renewingZh({ subscription, daysLeft, trial }: Expiring, plan: string, until: string): EventMailText {
  const lasts = `您的“${subscription.planName}”${trial ? '试用期' : '有效期'}至 ${until}`;
  const deed = trial ? `扣款并转为付费订阅“${plan}”` : `扣款续费“${plan}”`;
  if (daysLeft === 0) {
    return zh(
      `“${plan}”续费尚未完成`,
      `${lasts}，按扣款协议的续费尚未完成。`,
      '宽限期内每天会重新尝试扣款，您也可以自行续订，服务不会中断。',
    );
  }
  if (daysLeft === 1) return zh(`即将${deed}`, `${lasts}，现在按您签署的扣款协议${deed}，您无需操作。`);
  return zh(
    `将在 ${daysLeft - 1} 天后${deed}`,
    `${lasts}，到期前一天将按您签署的扣款协议自动${deed}，您无需操作。`,
    '如不想继续，请在此之前解除扣款协议或取消订阅。',
  );
}

function renewingEn({ subscription, daysLeft, trial }: Expiring, plan: string, until: string): EventMailText {
  const lasts = `Your ${trial ? 'trial of' : 'subscription to'} ${subscription.planName} lasts until ${until}.`;
  const deed = trial ? `goes on as a paid subscription to ${plan}` : `is renewed as ${plan}`;
  if (daysLeft === 0) {
    return en(
      `The renewal of ${plan} is not done yet`,
      `${lasts} It could not be charged by your agreement yet.`,
      'It is tried again each day within the grace period. You can also renew by yourself, and nothing is interrupted.',
    );
  }
  if (daysLeft === 1) {
    return en(
      `${plan} is charged now`,
      `${lasts} It ${deed} now and is charged by the agreement that you signed; there is nothing to do.`,
    );
  }
  return en(
    `${plan} is charged in ${inDays(daysLeft - 1)}`,
    `${lasts} The day before, it ${deed} and is charged by the agreement that you signed; there is nothing to do.`,
    'If you don’t want that, end the agreement or cancel the subscription before then.',
  );
}

function inDays(days: number): string {
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}

function endOf({ currentPeriodEnd }: SubscriptionData, { timeZone }: MailContext): string {
  if (currentPeriodEnd === null) return '–';
  return DateTime.fromISO(currentPeriodEnd, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm');
}
