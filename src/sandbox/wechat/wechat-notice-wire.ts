import { Inject, Injectable } from '@nestjs/common';
import type { NoticeWire, SandboxNotice } from '../records/notice.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import { WechatSigner } from './wechat-signer.js';
import { encryptResource, signatureHeaders } from './wechat-signature.js';

export type WechatNoticeContent = {
  event_type: string;
  summary: string;
  create_time: string;
  original_type: 'transaction' | 'refund';
  resource: Record<string, unknown>;
};

/** JSON whose `resource` is encrypted with the APIv3 key, signed in the headers; acknowledged by 200 or 204. */
@Injectable()
export class WechatNoticeWire implements NoticeWire {
  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly signer: WechatSigner,
  ) {}

  envelope(notice: SandboxNotice): { headers: Record<string, string>; body: string } {
    const { resource, original_type, ...event } = notice.content as WechatNoticeContent;
    const credentials = this.options.credentials.wechat;
    const body = JSON.stringify({
      id: notice.id,
      ...event,
      resource_type: 'encrypt-resource',
      resource: {
        original_type,
        ...encryptResource(JSON.stringify(resource), credentials.apiV3Key, original_type),
      },
    });
    return {
      headers: {
        'content-type': 'application/json',
        ...signatureHeaders(body, this.signer.forNotice(), this.options.clock.now()),
      },
      body,
    };
  }

  isAcknowledged(status: number): boolean {
    return status === 200 || status === 204;
  }
}
