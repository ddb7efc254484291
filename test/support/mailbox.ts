import type { Mail, MailOptions } from '../../src/auth/options/mailer.js';
import { until } from './embedded-process.js';

export interface Mailbox extends MailOptions {
  mails: Mail[];
  /** Waits for the next mail to that address, and takes it out. */
  mailTo(to: string): Promise<Mail>;
  /** The same, passing over mails without a link. @returns the token in its link. */
  tokenFor(to: string): Promise<string>;
}

const LINK = /https:\S+#(\S+)/;

/** Keeps what would be sent. */
export function mailbox(): Mailbox {
  const mails: Mail[] = [];
  const next = async (to: string, fits: (mail: Mail) => boolean = () => true): Promise<Mail> => {
    const place = () => mails.findIndex((mail) => mail.to === to && fits(mail));
    await until(async () => place() !== -1);
    return mails.splice(place(), 1)[0]!;
  };
  return {
    mails,
    mailer: {
      send: async (mail) => {
        mails.push(mail);
      },
    },
    linkTo: (page, token) => `https://app.example.com/${page}#${token}`,
    mailTo: (to) => next(to),
    tokenFor: async (to) => {
      const { text } = await next(to, (mail) => LINK.test(mail.text));
      return LINK.exec(text)![1]!;
    },
  };
}
