import type { Mail, MailOptions } from '../../src/auth/options/mailer.js';
import { until } from './embedded-process.js';

export interface Mailbox extends MailOptions {
  mails: Mail[];
  /** Waits for the next mail to that address, and takes it out. */
  mailTo(to: string): Promise<Mail>;
  /** The same. @returns the token in its link. */
  tokenFor(to: string): Promise<string>;
}

/** Keeps what would be sent. */
export function mailbox(): Mailbox {
  const mails: Mail[] = [];
  const next = async (to: string): Promise<Mail> => {
    await until(async () => mails.some((mail) => mail.to === to));
    return mails.splice(
      mails.findIndex((mail) => mail.to === to),
      1,
    )[0]!;
  };
  return {
    mails,
    mailer: {
      send: async (mail) => {
        mails.push(mail);
      },
    },
    linkTo: (page, token) => `https://app.example.com/${page}#${token}`,
    mailTo: next,
    tokenFor: async (to) => {
      const { text } = await next(to);
      const [, token] = /https:\S+#(\S+)/.exec(text) ?? [];
      if (token === undefined) throw new Error(`no link in ${text}`);
      return token;
    },
  };
}
