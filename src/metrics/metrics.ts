import { Counter, Registry } from 'prom-client';

/** This package's own metrics; the stand-alone app serves them at /metrics, a host may merge them into its own. */
export const commercialMetrics = new Registry();

export const notificationsTotal = new Counter({
  name: 'commercial_payment_notifications_total',
  help: 'Notifications from payment channels, by what came of them',
  labelNames: ['provider', 'outcome'] as const,
  registers: [commercialMetrics],
});

export const quotaDebitsTotal = new Counter({
  name: 'commercial_quota_debits_total',
  help: 'Quota debits, by quota type and outcome',
  labelNames: ['quota_type', 'outcome'] as const,
  registers: [commercialMetrics],
});
