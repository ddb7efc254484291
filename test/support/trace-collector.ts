import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { until } from './embedded-process.js';

export interface CollectedSpan {
  name: string;
  /** 2 is a server's, 3 a client's. */
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  links?: { traceId: string; spanId: string }[];
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
  status: { code?: number };
}

interface Export {
  resourceSpans: { resource: { attributes: unknown }; scopeSpans: { spans: CollectedSpan[] }[] }[];
}

/** Takes traces as a collector does: OTLP over HTTP, in JSON. https://opentelemetry.io/docs/specs/otlp/#otlphttp */
export interface TraceCollector {
  url: string;
  /** Everything that arrived, as it was sent. */
  received: Export[];
  spans(): CollectedSpan[];
  /** Waits for such a span. */
  span(is: (span: CollectedSpan) => boolean): Promise<CollectedSpan>;
  close(): Promise<void>;
}

export async function startTraceCollector(): Promise<TraceCollector> {
  const received: Export[] = [];
  const server = createServer(async (request, response) => {
    const body = await json(request);
    if (request.url === '/v1/traces') received.push(body as Export);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const spans = () =>
    received.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
    );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    spans,
    span: async (is) => {
      await until(async () => spans().some(is));
      return spans().find(is)!;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export function attribute(span: CollectedSpan, name: string): string | number | undefined {
  const value = span.attributes.find(({ key }) => key === name)?.value;
  return value?.stringValue ?? value?.intValue;
}
