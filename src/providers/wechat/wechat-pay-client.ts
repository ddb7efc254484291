import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Wechatpay } from 'wechatpay-axios-plugin';
import type { UnknownOutcome } from '../payment-observation.js';
import { keyMark } from '../rsa-keys.js';
import { isUncertain, refusesOurSignature } from './error-codes.js';
import type { RotatingKeys } from './rotating-keys.js';
import type { WechatPayOptions } from './wechat-pay.options.js';
import { wechatSdk } from './wechat-sdk.js';

/** What the API said. `ok` is verified; the channel doesn't sign every `error`, so one proves only a refusal. */
export type WechatAnswer =
  | { kind: 'ok'; data: unknown }
  /** A 4xx with a code of the channel's. */
  | { kind: 'error'; status: number; code: string; message: string }
  /** `serial` where the answer names a key that isn't known; `keyFault` as in the results of the provider. */
  | { kind: 'unknown'; reason: string; serial?: string; keyFault?: true };

/** An answer that proves nothing, in the words of the provider's results. */
export function unknown({ reason, keyFault }: Extract<WechatAnswer, { kind: 'unknown' }>): UnknownOutcome {
  return { outcome: 'unknown', reason, ...(keyFault ? { keyFault } : {}) };
}

interface Keys {
  merchant: KeyObject;
  platform: RotatingKeys;
}

type Reply = { data: unknown };

/** An answer is a page of JSON at most; what is longer is not the channel's. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** Signed calls to WeChat Pay's APIv3. */
export class WechatPayClient {
  readonly #options: WechatPayOptions;
  readonly #keys: Keys;
  readonly #timeoutMs: number;
  /** A thenable Proxy: returned from an async function or given to Nest, it would be "awaited" as a call. */
  #api: Wechatpay;
  #apiKeys: ReadonlyMap<string, KeyObject>;

  constructor(options: WechatPayOptions, keys: Keys) {
    this.#options = options;
    this.#keys = keys;
    this.#timeoutMs = options.timeoutMs ?? 5000;
    this.#apiKeys = keys.platform.all;
    this.#api = this.#connect();
  }

  get baseUrl(): string {
    return this.#options.baseUrl;
  }

  /** `path` has no leading slash; the SDK does not encode it. Never rejects. */
  get(path: string, params?: Record<string, string>): Promise<WechatAnswer> {
    return this.#call(() => this.#api.chain(path).get({ params, signal: this.#deadline() }));
  }

  /** As `get`, with a JSON body. What it asks for must be harmless to ask for twice. */
  post(path: string, body: Record<string, unknown>): Promise<WechatAnswer> {
    return this.#call(() => this.#api.chain(path).post(body, { signal: this.#deadline() }));
  }

  /** Once more where the answer was signed by a certificate that had first to be learnt. */
  async #call(send: () => Promise<Reply>): Promise<WechatAnswer> {
    this.#keys.platform.refreshInTime();
    this.#useNewestKeys();
    const answer = await this.#answer(send());
    if (answer.kind !== 'unknown' || answer.serial === undefined) return answer;
    await this.#keys.platform.learn(answer.serial);
    return this.#useNewestKeys() ? this.#answer(send()) : answer;
  }

  #useNewestKeys(): boolean {
    const { all } = this.#keys.platform;
    if (all === this.#apiKeys) return false;
    this.#apiKeys = all;
    this.#api = this.#connect();
    return true;
  }

  #connect(): Wechatpay {
    const { Wechatpay } = wechatSdk();
    return new Wechatpay({
      mchid: this.#options.mchId,
      serial: this.#options.merchantSerial,
      privateKey: this.#keys.merchant.export({ type: 'pkcs8', format: 'pem' }),
      certs: Object.fromEntries(this.#apiKeys),
      baseURL: this.#options.baseUrl,
      timeout: this.#timeoutMs,
      // axios would send payments through whatever HTTP_PROXY names, and follow a redirect with a stale signature.
      proxy: false,
      maxRedirects: 0,
      maxContentLength: MAX_ANSWER_BYTES,
      // Asks the channel to sign its answers with the public key rather than with the platform certificate.
      headers: this.#options.publicKey ? { 'Wechatpay-Serial': this.#options.publicKey.id } : {},
    });
  }

  #deadline(): AbortSignal {
    return AbortSignal.timeout(this.#timeoutMs);
  }

  async #answer(call: Promise<Reply>): Promise<WechatAnswer> {
    try {
      return { kind: 'ok', data: (await call).data };
    } catch (error) {
      return this.#readFailure(error as ApiFailure);
    }
  }

  /** Takes single fields out of the error, never the error itself: it carries the request with its keys. */
  #readFailure({ code, message, response }: ApiFailure): WechatAnswer {
    if (!response) {
      const reason =
        code === 'ERR_CANCELED' ? `no answer within ${this.#timeoutMs} ms` : `${code ?? ''} ${message}`;
      return { kind: 'unknown', reason: reason.trim() };
    }
    const { status, data, headers } = response;
    if (status >= 200 && status < 300) {
      return this.#unverified(`HTTP ${status} could not be verified: ${code}`, code, headers);
    }
    const told = isRefusal(data) ? data : null;
    if (told && status === 401 && refusesOurSignature(told.code)) {
      return { kind: 'unknown', reason: `HTTP ${status} ${told.code}. ${this.#ownKey}`, keyFault: true };
    }
    if (status >= 400 && status < 500 && status !== 429 && told && !isUncertain(told.code)) {
      return { kind: 'error', status, code: told.code, message: told.message ?? '' };
    }
    return { kind: 'unknown', reason: `HTTP ${status} ${told?.code ?? 'without a code'}` };
  }

  #unverified(
    reason: string,
    code: string | undefined,
    headers: Record<string, unknown> | undefined,
  ): WechatAnswer {
    if (code === 'EV3_RES_HEADER_TIMESTAMP_OFFSET')
      return {
        kind: 'unknown',
        reason: `${reason}. This machine's clock, or the answer, is late`,
        keyFault: true,
      };
    const serial = headers?.['wechatpay-serial'];
    const named = typeof serial === 'string' ? `It names the serial ${serial}` : 'It names no serial';
    const isNew = code === 'EV3_RES_HEADER_PLATFORM_SERIAL' && typeof serial === 'string';
    return {
      kind: 'unknown',
      reason: `${reason}. ${named}; ${this.#keys.platform.held}`,
      keyFault: true,
      ...(isNew ? { serial } : {}),
    };
  }

  get #ownKey(): string {
    const { merchantSerial } = this.#options;
    const mark = keyMark(createPublicKey(this.#keys.merchant));
    return `Calls name the merchant's serial ${merchantSerial} and are signed with the private key of ${mark}; compare both with the API certificate in the merchant platform`;
  }
}

/** The parts of an axios error that matter here. */
interface ApiFailure {
  code?: string;
  message?: string;
  response?: { status: number; data: unknown; headers?: Record<string, unknown> };
}

function isRefusal(data: unknown): data is { code: string; message?: string } {
  return typeof data === 'object' && data !== null && 'code' in data && typeof data.code === 'string';
}
