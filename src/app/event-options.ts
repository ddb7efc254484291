import type { MailOptions } from '../auth/options/mailer.js';
import type { CommercialOptions } from '../commercial/commercial-options.js';
import type { Configuration } from '../config/configuration.js';

/** How the stand-alone app tells the outside: by mail where a mail server is set, and by webhooks. */
export function eventOptions(
  { accounts, production, webhookAllowedHosts }: Configuration,
  { mailer }: MailOptions,
  publicUrl: string,
): NonNullable<CommercialOptions['events']> {
  const base = accounts.linkUrl ?? publicUrl;
  const receiptUrl = (orderId: string) => `${base}/payments/${orderId}/receipt`;
  return {
    ...(accounts.mail ? { mail: { mailer, receiptUrl } } : {}),
    webhooks: { allowedHosts: webhookAllowedHosts, allowHttp: !production },
  };
}
