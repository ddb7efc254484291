import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  sendAnswer,
  type SandboxAnswer,
  type SandboxReply,
  type SandboxRequest,
} from '../http/sandbox-http.js';
import type { SandboxChannel } from '../records/sandbox-order.js';
import { SandboxFaults } from './sandbox-faults.js';

const SERVER_ERROR: SandboxAnswer = {
  status: 500,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<html><body>Internal Server Error</body></html>',
};

/** Sends a gateway's answers, or what becomes of them where a fault is asked for. */
@Injectable()
export class FaultyAnswers {
  constructor(private readonly faults: SandboxFaults) {}

  /** `act` does the work that was called for and makes its signed answer. */
  async send(
    channel: SandboxChannel,
    request: SandboxRequest,
    reply: SandboxReply,
    act: () => SandboxAnswer,
  ): Promise<void> {
    const fault = this.faults.takeForCall(channel);
    if (fault?.kind === 'outage') return sendAnswer(reply, SERVER_ERROR);
    const answer = act();
    switch (fault?.kind) {
      case 'drop':
        request.socket.destroy();
        return;
      case 'error':
        return sendAnswer(reply, SERVER_ERROR);
      case 'unsigned':
        return sendAnswer(reply, unsigned(answer));
      case 'tampered':
        return sendAnswer(reply, tampered(answer));
      case 'delay':
        await delay(fault.delayMs, undefined, { ref: false });
    }
    sendAnswer(reply, answer);
  }
}

/** Alipay signs in the body, WeChat Pay in headers. */
function unsigned({ status, headers, body }: SandboxAnswer): SandboxAnswer {
  const kept = Object.entries(headers).filter(([name]) => !name.startsWith('wechatpay-'));
  return { status, headers: Object.fromEntries(kept), body: String(body).replace(/,"sign":"[^"]*"/, '') };
}

/** Another amount where the answer names one, otherwise another byte that doesn't break the JSON. */
function tampered({ status, headers, body }: SandboxAnswer): SandboxAnswer {
  const text = String(body);
  const cheaper = text.replace(
    /("(?:total_amount|refund_amount|refund_fee)":")[^"]*|("(?:total|refund)":)\d+/,
    (_, yuan, fen) => (yuan ? `${yuan}0.01` : `${fen}1`),
  );
  return { status, headers, body: cheaper === text ? text.replace(/(_response":|^)\{/, '$1{ ') : cheaper };
}
