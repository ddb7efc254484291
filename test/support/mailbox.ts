import type { Mail, MailOptions } from '../../src/auth/options/mailer.js';
import { until } from './embedded-process.js';

export interface Mailbox extends MailOptions {
  mails: Mail[];
  /** Waits for the next mail to that address. @returns the token in its link. */
  tokenFor(to: string): Promise<string>;
}

/** Keeps what would be sent. */
export function mailbox(): Mailbox {
  const mails: Mail[] = [];
  return {
    mails,
    mailer: {
      send: async (mail) => {
        mails.push(mail);
      },
    },
    linkTo: (page, token) => `https://app.example.com/${page}#${token}`,
    tokenFor: async (to) => {
      await until(async () => mails.some((mail) => mail.to === to));
      const index = mails.findIndex((mail) => mail.to === to);
      const [mail] = mails.splice(index, 1);
      const [, token] = /https:\S+#(\S+)/.exec(mail?.text ?? '') ?? [];
      if (token === undefined) throw new Error(`no link in ${mail?.text}`);
      return token;
    },
  };
}
