import { createPublicKey } from 'node:crypto';
import type { AlipaySdk } from 'alipay-sdk';
import { beijingDateTime } from '../beijing-time.js';
import { withDeadline } from '../deadline.js';
import type { UnknownOutcome } from '../payment-observation.js';
import { keyMark, readPrivateKey } from '../rsa-keys.js';
import type { AlipayOptions } from './alipay.options.js';
import { refusesOurSignature } from './error-codes.js';
import { verificationOf } from './alipay-verification.js';
import { openAlipaySdk, UnverifiedAnswerError } from './verifying-alipay-sdk.js';

/** What the gateway said. Only what Alipay signed is `ok` or `error`. */
export type AlipayAnswer =
  | { kind: 'ok'; fields: Readonly<Record<string, unknown>> }
  /** `code` is the `sub_code` where there is one, otherwise the gateway's own code. */
  | { kind: 'error'; code: string; message: string }
  /** `keyFault`: as in the results of the provider. */
  | { kind: 'unknown'; reason: string; keyFault?: true };

/** An answer that proves nothing, in the words of the provider's results. */
export function unknown({ reason, keyFault }: Extract<AlipayAnswer, { kind: 'unknown' }>): UnknownOutcome {
  return { outcome: 'unknown', reason, ...(keyFault ? { keyFault } : {}) };
}

/** Signed calls to Alipay's gateway and signed links to its pages. */
export class AlipayGateway {
  readonly #sdk: AlipaySdk;
  readonly #timeoutMs: number;
  readonly #heldKey: string;
  /** The gateway's address. */
  readonly url: string;
  readonly #ownKey: string;

  /** @throws Error that names the option that is missing or broken */
  constructor(options: AlipayOptions) {
    if (!options.appId) throw new Error('Alipay appId is missing');
    const privateKey = readPrivateKey(options.privateKey, 'Alipay privateKey');
    const verification = verificationOf(options, privateKey);
    if (!URL.canParse(options.gateway)) throw new Error(`Alipay gateway is not a URL: ${options.gateway}`);

    this.#timeoutMs = options.timeoutMs ?? 5000;
    this.#heldKey = verification.held;
    this.url = options.gateway;
    this.#ownKey = keyMark(createPublicKey(privateKey));
    this.#sdk = openAlipaySdk({
      appId: options.appId,
      // Whatever form the merchant holds, the SDK gets the one that its default keyType can sign with.
      privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
      ...verification.config,
      gateway: options.gateway,
      timeout: this.#timeoutMs,
      camelcase: false,
      signType: 'RSA2',
    });
    // Goes through the SDK's own signing, so that a key it can't use stops the start.
    this.#sdk.sdkExecute('alipay.trade.query', { timestamp: requestTimestamp() });
  }

  /** A signed link to one of Alipay's pages, made without a call. */
  pageUrl(method: string, bizContent: object, urls: { notify_url: string; return_url?: string }): string {
    // GET, because the SDK's POST form escapes quotes alone and so breaks the signature of a text with "&amp;".
    return this.#sdk.pageExecute(method, 'GET', { ...urls, timestamp: requestTimestamp(), bizContent });
  }

  /** Never rejects: a time-out, an HTTP error and an answer that Alipay didn't sign are `unknown`. */
  async call(
    method: string,
    bizContent: Record<string, unknown>,
    urls: { notify_url?: string } = {},
  ): Promise<AlipayAnswer> {
    try {
      const call = this.#sdk.exec(
        method,
        { ...urls, timestamp: requestTimestamp(), bizContent },
        { validateSign: true },
      );
      const answer = readAnswer(await withDeadline(call, this.#timeoutMs));
      if (answer.kind !== 'error' || !refusesOurSignature(answer.code)) return answer;
      const { code, message } = answer;
      return { kind: 'unknown', reason: `${method}: ${code} ${message}. ${this.keys}`, keyFault: true };
    } catch (error) {
      const reason = `${method}: ${describe(error)}`;
      if (!(error instanceof UnverifiedAnswerError)) return { kind: 'unknown', reason };
      return { kind: 'unknown', reason: `${reason}. ${this.keys}`, keyFault: true };
    }
  }

  /** Which keys are held, and what to compare them with, for a person who looks for a wrong one. */
  get keys(): string {
    return `Alipay is verified by ${this.#heldKey}. Calls are signed with the private key of ${this.#ownKey}; compare that with 应用公钥 there`;
  }

  /** True for a notification that Alipay signed with RSA2, which it is where none is named. Never throws. */
  verifiesNotification(fields: Readonly<Record<string, string>>): boolean {
    const { sign_type: signType = 'RSA2' } = fields;
    try {
      // V1 decodes each value a second time, and so throws on a literal "%".
      return signType === 'RSA2' && this.#sdk.checkNotifySignV2(fields);
    } catch {
      return false;
    }
  }
}

/**
 * The SDK would write the process's local time where Alipay expects Beijing's; a value of ours goes before. It is the
 * machine's time and not the business clock's: Alipay compares it with its own, as WeChat Pay does with its SDK's.
 */
function requestTimestamp(): string {
  return beijingDateTime(new Date());
}

function readAnswer(fields: Readonly<Record<string, unknown>>): AlipayAnswer {
  const code = String(fields.code);
  if (code === '10000') return { kind: 'ok', fields };
  const subCode = typeof fields.sub_code === 'string' && fields.sub_code ? fields.sub_code : code;
  const message = String(fields.sub_msg ?? fields.msg ?? '');
  return { kind: 'error', code: subCode, message };
}

function describe(error: unknown): string {
  // An answer stands in some of the SDK's messages: too long, and a buyer's data besides.
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
