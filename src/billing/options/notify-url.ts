import type { BillingOptions } from './billing-options.js';

/** Where a channel sends its notifications. */
export function notifyUrl(options: BillingOptions, provider: string): string {
  return `${options.publicUrl().replace(/\/+$/, '')}/webhooks/${provider}`;
}
