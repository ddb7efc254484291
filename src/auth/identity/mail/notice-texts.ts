import type { Locale } from '../users/user.entity.js';
import type { Mail } from '../../options/mailer.js';

type Text = Omit<Mail, 'to'>;

export interface NoticeFacts {
  at: Date;
  /** The client's address; null where it isn't known. */
  address: string | null;
  /** An API key's first characters. */
  prefix?: string;
  device?: string | null;
}

const PASSWORD_CHANGED: Record<Locale, (facts: NoticeFacts) => Text> = {
  'zh-CN': (facts) => ({
    subject: '您的密码已修改',
    text: `您好：\n\n您的账号密码已修改，其他设备上的登录已全部退出。\n\n${circumstances['zh-CN'](facts)}\n\n如果不是您本人的操作，请立即通过“忘记密码”重置密码：重置后所有登录和 API 密钥都会失效。\n`,
  }),
  en: (facts) => ({
    subject: 'Your password was changed',
    text: `Hello,\n\nThe password of your account was changed, and every other session was ended.\n\n${circumstances.en(facts)}\n\nIf this was not you, reset your password now: that ends every session and every API key.\n`,
  }),
};

const API_KEY_CREATED: Record<Locale, (facts: NoticeFacts) => Text> = {
  'zh-CN': (facts) => ({
    subject: '新建了 API 密钥',
    text: `您好：\n\n您的账号新建了一个 API 密钥，开头为 ${facts.prefix}。\n\n${circumstances['zh-CN'](facts)}\n\n如果不是您本人的操作，请立即重置密码：重置后所有登录和 API 密钥都会失效。\n`,
  }),
  en: (facts) => ({
    subject: 'A new API key was created',
    text: `Hello,\n\nA new API key was created for your account. It begins with ${facts.prefix}.\n\n${circumstances.en(facts)}\n\nIf this was not you, reset your password now: that ends every session and every API key.\n`,
  }),
};

const NEW_DEVICE: Record<Locale, (facts: NoticeFacts) => Text> = {
  'zh-CN': (facts) => ({
    subject: '您的账号在新设备上登录',
    text: `您好：\n\n您的账号在一台新设备上登录。\n\n设备：${facts.device ?? '未知'}\n${circumstances['zh-CN'](facts)}\n\n如果不是您本人的操作，请立即重置密码：重置后所有登录和 API 密钥都会失效。\n`,
  }),
  en: (facts) => ({
    subject: 'A new device signed in to your account',
    text: `Hello,\n\nA new device signed in to your account.\n\nDevice: ${facts.device ?? 'unknown'}\n${circumstances.en(facts)}\n\nIf this was not you, reset your password now: that ends every session and every API key.\n`,
  }),
};

const circumstances: Record<Locale, (facts: NoticeFacts) => string> = {
  'zh-CN': ({ at, address }) => `时间：${moment(at)}\nIP 地址：${address ?? '未知'}`,
  en: ({ at, address }) => `Time: ${moment(at)}\nIP address: ${address ?? 'unknown'}`,
};

/** What stands in a mail about an API key that is about to end. */
export interface EndingKey {
  prefix: string;
  /** As its user called it; null where that isn't plain enough for a mail. */
  name: string | null;
  expiresAt: Date;
}

const API_KEY_ENDS: Record<Locale, (key: EndingKey) => Text> = {
  'zh-CN': ({ prefix, name, expiresAt }) => ({
    subject: 'API 密钥即将到期',
    text: `您好：\n\n您的 API 密钥${name ? `“${name}”` : ''}（开头为 ${prefix}）将于 ${moment(expiresAt)} 到期，到期后使用它的程序将无法访问。请在此之前轮换该密钥，或新建密钥并替换。\n`,
  }),
  en: ({ prefix, name, expiresAt }) => ({
    subject: 'An API key is about to expire',
    text: `Hello,\n\nYour API key ${name ? `"${name}" ` : ''}that begins with ${prefix} expires on ${moment(expiresAt)}. Programs that use it will be refused from then on. Rotate the key before that, or create a new one.\n`,
  }),
};

function moment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export const NOTICE_TEXTS = { PASSWORD_CHANGED, API_KEY_CREATED, NEW_DEVICE };
export const KEY_NOTICE_TEXTS = { API_KEY_ENDS };
