import type { Locale } from '../users/user.entity.js';
import { isPlainName } from './plain-name.js';
import type { Mail } from '../../options/mailer.js';

type Text = Omit<Mail, 'to'>;

const RESET: Record<Locale, (link: string, minutes: number) => Text> = {
  'zh-CN': (link, minutes) => ({
    subject: '重置密码',
    text: `您好：\n\n请打开下面的链接设置新密码，链接在 ${minutes} 分钟内有效，且只能使用一次：\n\n${link}\n\n如果不是您本人的操作，请忽略本邮件，您的密码不会改变。\n`,
  }),
  en: (link, minutes) => ({
    subject: 'Reset your password',
    text: `Hello,\n\nOpen this link to choose a new password. It works once, within ${minutes} minutes:\n\n${link}\n\nIf you did not ask for it, ignore this mail: your password stays as it is.\n`,
  }),
};

const VERIFY: Record<Locale, (link: string, hours: number) => Text> = {
  'zh-CN': (link, hours) => ({
    subject: '验证邮箱',
    text: `您好：\n\n请打开下面的链接验证您的邮箱，链接在 ${hours} 小时内有效：\n\n${link}\n\n如果您没有注册，请忽略本邮件。\n`,
  }),
  en: (link, hours) => ({
    subject: 'Verify your e-mail address',
    text: `Hello,\n\nOpen this link to show that this address is yours. It works within ${hours} hours:\n\n${link}\n\nIf you did not register, ignore this mail.\n`,
  }),
};

interface InvitationFacts {
  link: string;
  /** As its owner called it: shown only where it can't be taken for more than a name. */
  organization: string;
  /** The e-mail address of the person who invites. */
  inviter: string;
  days: number;
}

/** The subject is the service's own: what strangers write must not greet a reader from there. */
const INVITE: Record<Locale, (facts: InvitationFacts) => Text> = {
  'zh-CN': ({ link, organization, inviter, days }) => ({
    subject: '邀请您加入机构',
    text: `您好：\n\n${inviter} 邀请您加入机构${isPlainName(organization) ? `“${organization}”` : ''}。请用本邮箱注册或登录后打开下面的链接接受邀请，链接在 ${days} 天内有效：\n\n${link}\n\n如果您不认识邀请人，请忽略本邮件。\n`,
  }),
  en: ({ link, organization, inviter, days }) => ({
    subject: 'You are invited to an organization',
    text: `Hello,\n\n${inviter} invites you to join ${isPlainName(organization) ? `the organization "${organization}"` : 'an organization'}. Sign in or register with this address, then open this link within ${days} days:\n\n${link}\n\nIf you don't know who invites you, ignore this mail.\n`,
  }),
};

const LINK_CUSTOMER: Record<Locale, (link: string, days: number) => Text> = {
  'zh-CN': (link, days) => ({
    subject: '管理您的订阅',
    text: `您好：\n\n您可以登录查看和管理您的订阅。请用本邮箱注册或登录并完成邮箱验证，然后打开下面的链接，链接在 ${days} 天内有效，且只能使用一次：\n\n${link}\n\n如果您不了解此事，请忽略本邮件。\n`,
  }),
  en: (link, days) => ({
    subject: 'Manage your subscription',
    text: `Hello,\n\nYou can sign in to see and manage your subscription. Register or sign in with this address and verify it, then open this link. It works once, within ${days} days:\n\n${link}\n\nIf you know nothing of this, ignore this mail.\n`,
  }),
};

export const MAIL_TEXTS = { RESET, VERIFY, INVITE, LINK_CUSTOMER };
