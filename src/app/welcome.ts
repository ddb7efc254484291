import type { Configuration } from '../config/configuration.js';
import type { RunningApp } from './start.js';

const REAL = 'real channels are configured';
const NOT_NAMED =
  'not asked for; set PAYMENTS_SANDBOX=true to let whoever reaches this machine pay by a click';

/** Where to look, for the person who has just started it. */
export function welcome(
  { publicUrl, sandbox, administrators }: RunningApp,
  { docs, alipay, wechat }: Pick<Configuration, 'docs' | 'alipay' | 'wechat'>,
): string {
  const rows: [string, string][] = [
    ['Portal', `${publicUrl}/portal`],
    ['API', publicUrl],
    ['Swagger UI', docs ? `${publicUrl}/docs` : 'off: SERVE_DOCS is false'],
    ['OpenAPI document', docs ? `${publicUrl}/docs-json` : 'off: SERVE_DOCS is false'],
    [
      'Cashier (sandbox)',
      sandbox ? `${publicUrl}/sandbox/cashier/<orderId>` : `off: ${alipay || wechat ? REAL : NOT_NAMED}`,
    ],
    ['Sign up', `POST ${publicUrl}/auth/register  {"email": "…", "password": "…"}`],
    ['Sign in', `POST ${publicUrl}/auth/login     {"email": "…", "password": "…"}`],
    ['Administrator', named(administrators)],
    ['Stop', 'Ctrl-C'],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
  return `\niDoctor commercial layer is ready.\n\n${lines.join('\n')}\n\n`;
}

function named([first, ...others]: readonly string[]): string {
  if (first === undefined) return 'none: set ADMIN_EMAIL and ADMIN_PASSWORD, and start again';
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
