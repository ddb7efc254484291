import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracingConfiguration } from '../../config/tracing.js';
import { passTracesOn } from './pass-traces-on.js';

/** How long the end of the process waits for a collector that doesn't answer. */
const FLUSH_MS = 3_000;

/**
 * Registers OpenTelemetry's SDK for this process. Imported only where an endpoint is configured.
 * @returns how to send what is still here, and stop
 */
export function startTracing(configuration: TracingConfiguration): () => Promise<void> {
  const { endpoint, headers, serviceName, ratio } = configuration;
  const exporter = new OTLPTraceExporter({
    url: `${endpoint}/v1/traces`,
    headers,
    timeoutMillis: FLUSH_MS,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1_000 })],
  });
  const manager = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(manager);
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  const stopPassing = passTracesOn();
  return async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, FLUSH_MS)));
    // What a collector that is away doesn't take is lost; the service's end doesn't depend on it.
    await Promise.race([provider.shutdown().catch(() => {}), late]).finally(() => clearTimeout(timer));
    stopPassing();
    trace.disable();
    propagation.disable();
    context.disable();
  };
}
