import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { AskedGauge } from './asked-gauge.js';

/**
 * This package's own metrics; the stand-alone app serves them at /metrics, a host may merge them into its own. Labels
 * take few and known values: no id, no path as it was sent.
 */
export const commercialMetrics = new Registry();

const registers = [commercialMetrics];

export const notificationsTotal = new Counter({
  name: 'commercial_payment_notifications_total',
  help: 'Notifications from payment channels, by what came of them',
  labelNames: ['provider', 'outcome'] as const,
  registers,
});

export const channelKeyFaultsTotal = new Counter({
  name: 'commercial_channel_key_faults_total',
  help: 'Answers and signed notifications of payment channels that show that a key is wrong',
  labelNames: ['provider', 'seen_in'] as const,
  registers,
});

export const settlementsTotal = new Counter({
  name: 'commercial_settlements_total',
  help: 'What was seen of payments, by channel, who saw it, and what it did here',
  labelNames: ['provider', 'source', 'outcome'] as const,
  registers,
});

export const refundsTotal = new Counter({
  name: 'commercial_refunds_total',
  help: 'Refunds that came to a state: pending, succeeded, failed',
  labelNames: ['state'] as const,
  registers,
});

export const refundsPending = new AskedGauge({
  name: 'commercial_refunds_pending',
  help: 'Refunds whose outcome is not known yet',
  register: commercialMetrics,
  combine: 'max',
});

export const janitorLagSeconds = new AskedGauge({
  name: 'commercial_janitor_lag_seconds',
  help: 'How long the oldest check of a payment or refund that is due has been waiting; 0 where none is',
  register: commercialMetrics,
  combine: 'max',
});

export const quotaDebitsTotal = new Counter({
  name: 'commercial_quota_debits_total',
  help: 'Quota debits, by quota type and outcome',
  labelNames: ['quota_type', 'outcome'] as const,
  registers,
});

const batchSize = new Histogram({
  name: 'commercial_quota_batch_size',
  help: 'How many callers one transaction of the quota engine served',
  labelNames: ['kind'] as const,
  buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
  registers,
});

export const debitBatchSize = batchSize.labels({ kind: 'debit' });
export const settlementBatchSize = batchSize.labels({ kind: 'settlement' });

export const quotaWaiting = new AskedGauge({
  name: 'commercial_quota_waiting',
  help: 'Callers in the quota engine that have no answer yet',
  labelName: 'kind',
  register: commercialMetrics,
  combine: 'sum',
});

export const jobDurationSeconds = new Histogram({
  name: 'commercial_job_duration_seconds',
  help: 'How long jobs took, by queue and outcome',
  labelNames: ['queue', 'outcome'] as const,
  buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60, 300],
  registers,
});

export const eventDeliveriesTotal = new Counter({
  name: 'commercial_event_deliveries_total',
  help: 'Tries to deliver an event to handlers, by mail or by webhook, by what came of them',
  labelNames: ['kind', 'outcome'] as const,
  registers: [commercialMetrics],
});

export const eventDeliveriesWaiting = new Gauge({
  name: 'commercial_event_deliveries_waiting',
  help: 'Deliveries that are to be tried, or tried again; measured each minute by processes that work jobs',
  labelNames: ['kind'] as const,
  registers: [commercialMetrics],
});

export const eventDeliveriesDead = new Gauge({
  name: 'commercial_event_deliveries_dead',
  help: 'Dead letters: deliveries that were given up; measured each minute by processes that work jobs',
  labelNames: ['kind'] as const,
  registers: [commercialMetrics],
});
