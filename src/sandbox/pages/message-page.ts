import type { SandboxAnswer } from '../http/sandbox-http.js';
import type { Language } from '../../problems/sentence.js';
import { html } from '../../http/html.js';
import { renderPage } from './page.js';

/** A page that says what is wrong, and nothing else. */
export function messagePage(
  status: number,
  language: Language,
  message: string,
  reason: string,
): SandboxAnswer {
  const content = html`<div class="body">
    <h1 class="message">${message}</h1>
    <p class="reason">${reason}</p>
  </div>`;
  return renderPage({ status, language, title: message, channel: null, content });
}
