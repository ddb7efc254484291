import type { Faults } from './channels.js';
import type { Environment } from './environment.js';

export interface TracingConfiguration {
  /** Where the collector takes OTLP over HTTP, without `/v1/traces`. */
  endpoint: string;
  /** Sent with every export; they may carry the collector's key. */
  headers: Record<string, string>;
  serviceName: string;
  /** Which part of the traces that begin here is recorded, from 0 to 1. */
  ratio: number;
}

/** The names are OpenTelemetry's own. https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
export function readTracing(env: Environment, faults: Faults): TracingConfiguration | null {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return null;
  return {
    endpoint: endpoint.replace(/\/+$/, ''),
    headers: readHeaders(env.OTEL_EXPORTER_OTLP_HEADERS, faults),
    serviceName: env.OTEL_SERVICE_NAME ?? 'idoctor-commercial',
    ratio: env.OTEL_TRACES_SAMPLER_ARG,
  };
}

/** `name=value,name=value`, the values percent-encoded. */
function readHeaders(text: string | undefined, faults: Faults): Record<string, string> {
  const pairs = (text ?? '').split(',').filter((pair) => pair.trim() !== '');
  const headers: Record<string, string> = {};
  for (const pair of pairs) {
    const [, name, value] = /^\s*([\w-]+)\s*=\s*([!-~]+)\s*$/.exec(pair) ?? [];
    try {
      if (name === undefined) throw new URIError();
      headers[name] = decodeURIComponent(value!);
    } catch {
      faults.push('OTEL_EXPORTER_OTLP_HEADERS must be name=value pairs, separated by commas');
    }
  }
  return headers;
}
