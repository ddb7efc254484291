import { Logger } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import type { Mailer, MailOptions } from '../auth/options/mailer.js';
import type { AccountsConfiguration } from '../config/accounts.js';

/** Mails through the configured server; without one they are shown in the log, outside production. */
export function mailOptions(
  { mail, linkUrl }: AccountsConfiguration,
  { publicUrl, production }: { publicUrl: string; production: boolean },
): MailOptions {
  return {
    mailer: mail ? smtpMailer(mail) : unsentMailer(production),
    linkTo: (page, token) => `${linkUrl ?? publicUrl}/${page}#token=${token}`,
  };
}

function smtpMailer({ smtpUrl, from }: { smtpUrl: string; from: string }): Mailer {
  const host = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost';
  const transport = createTransport(
    { url: smtpUrl, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 },
    { from },
  );
  return {
    send: async ({ id, to, subject, text }) => {
      // As an object it is one address, whatever is in it; as text it would be parsed as a list.
      const envelope = { to: { name: '', address: to }, subject, text };
      await transport.sendMail({
        ...envelope,
        ...(id === undefined ? {} : { messageId: `<${id}@${host}>` }),
      });
    },
  };
}

/** In development the log is where a developer finds the link. In production a log is no place for one. */
function unsentMailer(production: boolean): Mailer {
  const logger = new Logger('Mail');
  return {
    send: async ({ to, subject, text }) => {
      if (production) logger.warn(`"${subject}" was not sent: set SMTP_URL`);
      else logger.warn(`"${subject}" to ${to} was not sent, since SMTP_URL is not set. It says:\n${text}`);
    },
  };
}
