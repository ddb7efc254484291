import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '../../problems/problem.js';
import { beijingTime } from '../wire/alipay-time.js';
import { NoticeOutbox } from '../notices/notice-outbox.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import { SandboxAgreements } from '../records/sandbox-agreements.js';
import type { SandboxAgreement } from '../records/sandbox-agreement.js';

/** How long an agreement lasts where nobody ends it: Alipay writes this day. */
const NO_END = '2115-02-01 00:00:00';

/** The buyer's side of an agreement, and what the gateway tells the merchant of it. */
@Injectable()
export class AgreementSigner {
  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly agreements: SandboxAgreements,
    private readonly outbox: NoticeOutbox,
  ) {}

  /** @throws Problem NOT_FOUND where nobody opened its link */
  visit(externalNo: string): SandboxAgreement {
    const agreement = this.agreements.find(externalNo);
    if (!agreement) throw new Problem('NOT_FOUND', { params: { what: 'agreement' } });
    return agreement;
  }

  /** Signing twice signs once. @throws Problem NOT_FOUND */
  sign(externalNo: string): void {
    const agreement = this.visit(externalNo);
    if (agreement.state !== 'unsigned') return;
    const signedAt = this.options.clock.now().toISOString();
    this.tell(this.agreements.save({ ...agreement, state: 'signed', signedAt }), 'dut_user_sign', 'NORMAL');
  }

  /** By the buyer in Alipay's app, or by the merchant. */
  end(agreement: SandboxAgreement): void {
    if (agreement.state !== 'signed') return;
    this.tell(this.agreements.save({ ...agreement, state: 'ended' }), 'dut_user_unsign', 'UNSIGN');
  }

  /** @param empty whether the buyer has nothing that could be charged. @throws Problem NOT_FOUND */
  fill(externalNo: string, empty: boolean): void {
    this.agreements.save({ ...this.visit(externalNo), empty });
  }

  private tell(agreement: SandboxAgreement, type: string, status: string): void {
    const { externalNo, notifyUrl } = agreement;
    if (!notifyUrl) return;
    const { appId } = this.options.credentials.alipay;
    const now = beijingTime(this.options.clock.now());
    const id = beijingTime(this.options.clock.now(), 'yyyyMMdd') + randomBytes(13).toString('hex');
    const signedAt = beijingTime(new Date(agreement.signedAt ?? 0));
    const content = {
      notify_type: type,
      notify_id: id,
      app_id: appId,
      auth_app_id: appId,
      charset: 'utf-8',
      version: '1.0',
      status,
      agreement_no: agreement.agreementNo,
      external_agreement_no: externalNo,
      personal_product_code: 'GENERAL_WITHHOLDING_P',
      sign_scene: agreement.signScene,
      sign_time: signedAt,
      valid_time: signedAt,
      invalid_time: NO_END,
      alipay_user_id: '2088000000000001',
      alipay_logon_id: 'san***@sandbox.com',
      ...(type === 'dut_user_unsign' ? { unsign_time: now } : {}),
    };
    this.outbox.enqueue({ id, channel: 'alipay', outTradeNo: externalNo, url: notifyUrl, content });
  }
}
