import { Inject, Injectable } from '@nestjs/common';
import type { NoticeWire, SandboxNotice } from '../records/notice.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import { signedText, signRsa2, type AlipayFields } from '../wire/alipay-signature.js';
import { beijingTime } from '../wire/alipay-time.js';

/** A form, signed over its fields; acknowledged by the seven letters `success` and nothing else. */
@Injectable()
export class AlipayNoticeWire implements NoticeWire {
  constructor(@Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions) {}

  envelope(notice: SandboxNotice): { headers: Record<string, string>; body: string } {
    const fields: AlipayFields = {
      ...(notice.content as AlipayFields),
      notify_time: beijingTime(this.options.clock.now()),
    };
    const sign = signRsa2(
      signedText(fields, ['sign', 'sign_type']),
      this.options.credentials.alipay.privateKey,
    );
    return {
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams({ ...fields, sign_type: 'RSA2', sign }).toString(),
    };
  }

  isAcknowledged(status: number, body: string): boolean {
    return status === 200 && body === 'success';
  }
}
