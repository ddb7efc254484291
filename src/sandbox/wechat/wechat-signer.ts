import { Inject, Injectable } from '@nestjs/common';
import { headerOf, type SandboxRequest } from '../http/sandbox-http.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from '../options/sandbox.options.js';
import { encryptResource, type SigningKey } from './wechat-signature.js';
import { wechatTime } from './wechat-resources.js';

const CERTIFICATE_LIFE_MS = 5 * 365 * 24 * 3_600_000;

/** Chooses between the public key's private half and the newest platform certificate's. */
@Injectable()
export class WechatSigner {
  constructor(@Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions) {}

  /** A merchant that names the public key's id gets its answer signed with that; others by certificate, if any. */
  forAnswer(request: SandboxRequest): SigningKey {
    return headerOf(request, 'wechatpay-serial') ? this.publicKey : this.forNotice();
  }

  forNotice(): SigningKey {
    const [newest] = this.options.wechatCertificates?.() ?? [];
    return newest ? { privateKey: newest.privateKey, publicKeyId: newest.serial } : this.publicKey;
  }

  /** GET /v3/certificates: null for a merchant that has none. */
  certificates(): { data: object[] } | null {
    const certificates = this.options.wechatCertificates?.() ?? [];
    if (certificates.length === 0) return null;
    const now = this.options.clock.now();
    const { apiV3Key } = this.options.credentials.wechat;
    return {
      data: certificates.map(({ serial, certificate }) => ({
        serial_no: serial,
        effective_time: wechatTime(now),
        expire_time: wechatTime(new Date(now.getTime() + CERTIFICATE_LIFE_MS)),
        encrypt_certificate: encryptResource(certificate, apiV3Key, 'certificate'),
      })),
    };
  }

  private get publicKey(): SigningKey {
    const { privateKey, publicKeyId } = this.options.credentials.wechat;
    return { privateKey, publicKeyId };
  }
}
