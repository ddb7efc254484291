import { Controller, Get, HttpCode, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { languageOf } from '../../problems/language.js';
import { ProblemFilter } from '../../problems/problem.filter.js';
import { sendAnswer, type SandboxReply, type SandboxRequest } from '../http/sandbox-http.js';
import { html } from '../../http/html.js';
import { renderPage } from '../pages/page.js';
import { AgreementSigner } from './agreement-signer.js';
import type { SandboxAgreement } from '../records/sandbox-agreement.js';

const TEXTS = {
  'zh-CN': {
    title: '支付宝 · 商家扣款',
    state: { unsigned: '待签约', signed: '已签约', ended: '已解约' },
    number: '协议号',
    sign: '同意签约',
    end: '解约',
    back: '返回商户',
  },
  en: {
    title: 'Alipay · charging by agreement',
    state: { unsigned: 'waiting to be signed', signed: 'signed', ended: 'ended' },
    number: 'Agreement',
    sign: 'Sign',
    end: 'End it',
    back: 'Back to the merchant',
  },
} as const;

/** Where `alipay.user.agreement.page.sign` leads: a page for people, the same without a page for programs. */
@ApiExcludeController()
@Controller('sandbox/agreements')
@UseFilters(ProblemFilter)
export class AgreementsController {
  constructor(private readonly signer: AgreementSigner) {}

  @Get(':externalNo')
  show(
    @Param('externalNo') externalNo: string,
    @Req() request: SandboxRequest,
    @Res() reply: SandboxReply,
  ): void {
    const agreement = this.signer.visit(externalNo);
    const texts = TEXTS[languageOf(request)];
    const content = html`<header><strong>${texts.title}</strong></header>
      <div class="body">
        <p class="state" role="status">${texts.state[agreement.state]}</p>
        <dl>
          <dt>${texts.number}</dt>
          <dd>${agreement.agreementNo}</dd>
        </dl>
        ${action(agreement, texts)}
      </div>`;
    const view = { status: 200, language: languageOf(request), title: texts.title, content };
    sendAnswer(reply, renderPage({ ...view, channel: 'alipay' }));
  }

  /** The page's own button. */
  @Post(':externalNo')
  press(@Param('externalNo') externalNo: string, @Res() reply: SandboxReply): void {
    if (this.signer.visit(externalNo).state === 'unsigned') this.signer.sign(externalNo);
    else this.signer.end(this.signer.visit(externalNo));
    sendAnswer(reply, { status: 303, headers: { location: '?' }, body: '' });
  }

  @Post(':externalNo/sign')
  @HttpCode(204)
  sign(@Param('externalNo') externalNo: string): void {
    this.signer.sign(externalNo);
  }

  @Post(':externalNo/end')
  @HttpCode(204)
  end(@Param('externalNo') externalNo: string): void {
    this.signer.end(this.signer.visit(externalNo));
  }

  @Post(':externalNo/empty')
  @HttpCode(204)
  empty(@Param('externalNo') externalNo: string): void {
    this.signer.fill(externalNo, true);
  }

  @Post(':externalNo/fill')
  @HttpCode(204)
  fill(@Param('externalNo') externalNo: string): void {
    this.signer.fill(externalNo, false);
  }
}

function action({ state, returnUrl }: SandboxAgreement, texts: (typeof TEXTS)['zh-CN' | 'en']) {
  if (state === 'ended') return null;
  return html`<form method="post">
      <button class="button" type="submit">${state === 'unsigned' ? texts.sign : texts.end}</button>
    </form>
    ${state === 'signed' && returnUrl ? html`<a class="button" href="${returnUrl}">${texts.back}</a>` : null}`;
}
