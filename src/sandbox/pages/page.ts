import { createHash } from 'node:crypto';
import type { SandboxAnswer } from '../http/sandbox-http.js';
import type { SandboxChannel } from '../records/sandbox-order.js';
import type { Language } from '../../problems/sentence.js';
import { Html, html } from '../../http/html.js';
import { PAGE_CSS } from './page.css.js';

/** One piece, because the hash is over every character between the tags. */
const STYLE = new Html(`<style>${PAGE_CSS}</style>`);
const STYLE_HASH = createHash('sha256').update(PAGE_CSS).digest('base64');

/** Nothing but this page's own style and forms to this very origin; no script at all. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const FOOTER: Record<Language, string> = {
  en: 'Sandbox for development and tests: no real money moves.',
  'zh-CN': '开发与测试用沙箱，不会产生真实交易。',
};

export interface Page {
  status: number;
  language: Language;
  title: string;
  channel: SandboxChannel | null;
  content: Html;
}

/** A whole page as an answer. */
export function renderPage(page: Page): SandboxAnswer {
  const document = html`<!doctype html>
    <html lang="${page.language}" class="${page.channel}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title}</title>
        <link rel="icon" href="data:," />
        ${STYLE}
      </head>
      <body>
        <main>
          ${page.content}
          <footer>${FOOTER[page.language]}</footer>
        </main>
      </body>
    </html>`;
  return {
    status: page.status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': page.language,
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Language',
    },
    body: document.markup,
  };
}
