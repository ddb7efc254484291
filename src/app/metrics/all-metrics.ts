import { collectDefaultMetrics, Registry } from 'prom-client';
import { commercialMetrics } from '../../metrics/metrics.js';
import { httpMetrics } from './http-metrics.js';
import { poolMetrics } from './pool-metrics.js';

const processMetrics = new Registry();
collectDefaultMetrics({ register: processMetrics });

/** The pool first: as it stood before the others ask the database. */
export const allMetrics = Registry.merge([poolMetrics, commercialMetrics, httpMetrics, processMetrics]);
