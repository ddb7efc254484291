import { createHash } from 'node:crypto';
import { Html, html } from '../../../http/html.js';
import type { Language } from '../../../problems/sentence.js';
import type { ReceiptText } from './receipt-texts.js';

const CSS = `
body { margin: 0 auto; max-width: 640px; padding: 32px 20px; color: #1d2129; background: #fff;
  font: 16px/1.5 system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1 { margin: 0 0 24px; font-size: 28px; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 10px 24px; margin: 0; padding: 20px 0;
  border-top: 2px solid #1d2129; border-bottom: 1px solid #d5d9e2; }
dt { color: #5c6370; white-space: nowrap; }
dd { margin: 0; text-align: right; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
p { color: #5c6370; font-size: 14px; }
@media (max-width: 480px) {
  dl { grid-template-columns: 1fr; row-gap: 2px; }
  dd { margin-bottom: 12px; text-align: left; }
}
`;
/** One piece, because the hash is over every character between the tags. */
const STYLE = new Html(`<style>${CSS}</style>`);

/** Nothing but the page's own style and its empty icon may be used: no script, no other request. */
export const RECEIPT_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(CSS).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** A whole page, to be shown and printed. */
export function receiptPage({ title, rows, note }: ReceiptText, language: Language): string {
  const lines = rows
    .map(
      ([label, value]) =>
        html`<dt>${label}</dt>
          <dd>${value}</dd>`.markup,
    )
    .join('');
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${STYLE}
      </head>
      <body>
        <h1>${title}</h1>
        <dl>${new Html(lines)}</dl>
        <p>${note}</p>
      </body>
    </html>`.markup;
}
