import {
  context,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
} from '@opentelemetry/api';
import type { SpanContext } from '@opentelemetry/api';

/**
 * Spans by OpenTelemetry's API, which does nothing until an SDK is registered: the stand-alone app's where an endpoint
 * is configured, or a host's own. Attributes are names, numbers and ids of ours: nothing that a person typed.
 */
const tracer = trace.getTracer('idoctor-commercial');

/** Runs the work in a span of its own, which knows how it ended. */
export function inSpan<T>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
  kind: SpanKind = SpanKind.INTERNAL,
): Promise<T> {
  return tracer.startActiveSpan(name, { attributes, kind }, (span) => finish(span, work));
}

/** A call of a payment channel. */
export function inChannelSpan<T>(name: string, provider: string, work: () => Promise<T>): Promise<T> {
  return inSpan(name, { 'commercial.provider': provider }, work, SpanKind.CLIENT);
}

/** The trace of each request that waits for a batch. */
const members = new WeakMap<object, SpanContext>();
let isTracing = false;

/** Remembers whose trace a request belongs to, for the batch that will carry it. */
export function joinBatch<Request extends object>(request: Request): Request {
  const span = trace.getActiveSpan();
  if (span?.isRecording()) {
    isTracing = true;
    members.set(request, span.spanContext());
  }
  return request;
}

/** A batch serves several traces: one alone is its parent, several are linked to it. */
export function inBatchSpan<T>(name: string, batch: readonly object[], work: () => Promise<T>): Promise<T> {
  if (!isTracing) return work();
  const contexts = batch.flatMap((request) => members.get(request) ?? []);
  if (contexts.length === 0) return work();
  const [first] = contexts;
  const parent = batch.length === 1 ? trace.setSpanContext(ROOT_CONTEXT, first!) : ROOT_CONTEXT;
  const links = batch.length === 1 ? [] : contexts.map((one) => ({ context: one }));
  const span = tracer.startSpan(
    name,
    { attributes: { 'commercial.batch_size': batch.length }, links },
    parent,
  );
  return context.with(trace.setSpan(parent, span), () => finish(span, work));
}

async function finish<T>(span: Span, work: (span: Span) => Promise<T>): Promise<T> {
  try {
    return await work(span);
  } catch (error) {
    // The kind and not the message: a failed statement's message may carry what somebody typed.
    span.setAttribute('error.type', error instanceof Error ? error.name : typeof error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
