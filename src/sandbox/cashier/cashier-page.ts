import { DateTime } from 'luxon';
import QRCode from 'qrcode';
import { yuanFromFen } from '../../money/fen.js';
import type { Language } from '../../problems/sentence.js';
import type { SandboxAnswer } from '../http/sandbox-http.js';
import { refundedFen, type SandboxOrder } from '../records/sandbox-order.js';
import { Html, html } from '../../http/html.js';
import { renderPage } from '../pages/page.js';
import { CASHIER_TEXTS, type CashierTexts } from './cashier-texts.js';

export interface CashierView {
  order: SandboxOrder;
  language: Language;
  /** What a phone scans; null where the channel has no code. */
  codeUrl: string | null;
  /** Where the buyer goes after paying; null where the merchant gave no address. */
  returnUrl: string | null;
}

/** The buyer's page: what is paid for, how much, until when, and the button. */
export async function cashierPage(view: CashierView): Promise<SandboxAnswer> {
  const { order, language } = view;
  const texts = CASHIER_TEXTS[language];
  const content = html`<header>
      <strong>${texts.channel[order.channel]} · ${texts.title}</strong>
      <span class="badge">${texts.sandbox}</span>
    </header>
    <div class="body">
      <p class="amount">¥${yuanFromFen(order.amountFen)}</p>
      <p class="state ${order.state}" role="status">${stateText(order, texts)}</p>
      ${facts(order, texts)} ${await action(view, texts)}
    </div>`;
  const title = `${texts.channel[order.channel]} · ${texts.title}`;
  return renderPage({ status: 200, language, title, channel: order.channel, content });
}

function stateText(order: SandboxOrder, texts: CashierTexts): string {
  return texts.state[refundedFen(order) === order.amountFen ? 'refunded' : order.state];
}

function facts(order: SandboxOrder, texts: CashierTexts): Html {
  const refunded = refundedFen(order);
  return html`<dl>
    ${fact(texts.subject, order.subject)} ${fact(texts.order, order.outTradeNo)}
    ${order.paidAt ? fact(texts.paidAt, readable(order.paidAt)) : fact(texts.payBefore, readable(order.expiresAt))}
    ${refunded > 0 ? fact(texts.refunded, `¥${yuanFromFen(refunded)}`) : null}
  </dl>`;
}

function fact(name: string, value: string): Html {
  return html`<dt>${name}</dt>
    <dd>${value}</dd>`;
}

/** The channels' buyers live by Beijing's time, whatever the clock of the machine says. */
function readable(time: string): string {
  return DateTime.fromISO(time).setZone('UTC+8').toFormat("yyyy-MM-dd HH:mm:ss 'UTC+8'");
}

async function action(view: CashierView, texts: CashierTexts): Promise<Html | null> {
  if (view.order.state === 'unpaid') {
    // A form without an address posts to the page's own; it works without any script.
    return html`${view.codeUrl ? await code(view.codeUrl, texts) : null}
      <form method="post"><button class="button" type="submit">${texts.pay}</button></form>`;
  }
  if (view.order.state === 'closed' || !view.returnUrl) return null;
  return html`<a class="button" href="${view.returnUrl}">${texts.back}</a>`;
}

async function code(url: string, texts: CashierTexts): Promise<Html> {
  const svg = new Html(await QRCode.toString(url, { type: 'svg', margin: 1 }));
  return html`<div class="code" role="img" aria-label="${texts.scan}">${svg}</div>
    <p class="hint">${texts.scan}</p>`;
}
