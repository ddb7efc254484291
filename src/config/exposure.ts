import type { Faults } from './channels.js';
import type { Environment } from './environment.js';

/** What of the service is to be seen, and by whom. */
export interface ExposureConfiguration {
  /** The origins of the web pages whose scripts may call this API. */
  corsOrigins: readonly string[];
  /** Whether browsers shall come to the subdomains by HTTPS only, too. */
  hstsIncludeSubDomains: boolean;
  /** Whether Swagger UI and the OpenAPI document are served. */
  docs: boolean;
  metrics: {
    /** What asks for /metrics must know it; null: anybody may ask. */
    token: string | null;
    /** Where /metrics is served in place of the API's port; null: on that one. */
    port: number | null;
  };
  /** The origins that a returnUrl may have; null: any. */
  returnUrlOrigins: readonly string[] | null;
}

export function readExposure(env: Environment, faults: Faults): ExposureConfiguration {
  return {
    corsOrigins: env.CORS_ORIGINS ?? [],
    hstsIncludeSubDomains: env.HSTS_INCLUDE_SUBDOMAINS ?? false,
    docs: env.SERVE_DOCS ?? true,
    metrics: { token: readMetricsToken(env, faults), port: env.METRICS_PORT ?? null },
    returnUrlOrigins: env.RETURN_URL_ORIGINS ?? null,
  };
}

function readMetricsToken({ METRICS_TOKEN: token }: Environment, faults: Faults): string | null {
  if (token === undefined) return null;
  if (!/^[\x21-\x7e]{16,}$/.test(token))
    faults.push('METRICS_TOKEN must be at least 16 visible ASCII characters');
  return token;
}
