import type { RunningApp } from './start.js';

/** Where to look, for the person who has just started it. */
export function welcome({ publicUrl, sandbox, administrators }: RunningApp): string {
  const rows: [string, string][] = [
    ['API', publicUrl],
    ['Swagger UI', `${publicUrl}/docs`],
    ['OpenAPI document', `${publicUrl}/docs-json`],
    [
      'Cashier (sandbox)',
      sandbox ? `${publicUrl}/sandbox/cashier/<orderId>` : 'off: real channels are configured',
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
