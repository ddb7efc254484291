import type { KeyObject } from 'node:crypto';
import { Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin';
import { isUncertain } from './error-codes.js';
import type { WechatPayOptions } from './wechat-pay.options.js';

/** What the API said. `ok` is verified; the channel doesn't sign every `error`, so one proves only a refusal. */
export type WechatAnswer =
  | { kind: 'ok'; data: unknown }
  /** A 4xx with a code of the channel's. */
  | { kind: 'error'; status: number; code: string; message: string }
  | { kind: 'unknown'; reason: string };

interface Keys {
  merchant: KeyObject;
  platform: ReadonlyMap<string, KeyObject>;
}

/** An answer is a page of JSON at most; what is longer is not the channel's. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** Signed calls to WeChat Pay's APIv3. */
export class WechatPayClient {
  /** A thenable Proxy: returned from an async function or given to Nest, it would be "awaited" as a call. */
  readonly #api: Wechatpay;
  readonly #timeoutMs: number;
  readonly #sign: { mchId: string; serial: string; key: KeyObject };

  constructor(options: WechatPayOptions, keys: Keys) {
    this.#timeoutMs = options.timeoutMs ?? 5000;
    this.#sign = { mchId: options.mchId, serial: options.merchantSerial, key: keys.merchant };
    this.#api = new Wechatpay({
      mchid: options.mchId,
      serial: options.merchantSerial,
      privateKey: keys.merchant.export({ type: 'pkcs8', format: 'pem' }),
      certs: Object.fromEntries(keys.platform),
      baseURL: options.baseUrl,
      timeout: this.#timeoutMs,
      // axios would send payments through whatever HTTP_PROXY names, and follow a redirect with a stale signature.
      proxy: false,
      maxRedirects: 0,
      maxContentLength: MAX_ANSWER_BYTES,
      // Asks the channel to sign its answers with the public key rather than with the platform certificate.
      headers: options.publicKey ? { 'Wechatpay-Serial': options.publicKey.id } : {},
    });
  }

  /** `path` has no leading slash; the SDK does not encode it. Never rejects. */
  get(path: string, params?: Record<string, string>): Promise<WechatAnswer> {
    return this.#answer(this.#api.chain(path).get({ params, signal: AbortSignal.timeout(this.#timeoutMs) }));
  }

  /** As `get`, with a JSON body. */
  post(path: string, body: Record<string, unknown>): Promise<WechatAnswer> {
    return this.#answer(this.#api.chain(path).post(body, { signal: AbortSignal.timeout(this.#timeoutMs) }));
  }

  /** The header that signs a call without a body to an address outside the chains, such as a bill's. */
  authorization(method: 'GET', url: string): string {
    const { pathname, search } = new URL(url);
    const [timestamp, nonce] = [Formatter.timestamp(), Formatter.nonce()];
    const text = Formatter.request(method, pathname + search, timestamp, nonce);
    const { mchId, serial, key } = this.#sign;
    return Formatter.authorization(mchId, nonce, Rsa.sign(text, key), timestamp, serial);
  }

  async #answer(call: Promise<{ data: unknown }>): Promise<WechatAnswer> {
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
    const { status, data } = response;
    if (status >= 200 && status < 300)
      return { kind: 'unknown', reason: `HTTP ${status} could not be verified: ${code}` };
    const told = isRefusal(data) ? data : null;
    if (status >= 400 && status < 500 && status !== 429 && told && !isUncertain(told.code)) {
      return { kind: 'error', status, code: told.code, message: told.message ?? '' };
    }
    return { kind: 'unknown', reason: `HTTP ${status} ${told?.code ?? 'without a code'}` };
  }
}

/** The parts of an axios error that matter here. */
interface ApiFailure {
  code?: string;
  message?: string;
  response?: { status: number; data: unknown };
}

function isRefusal(data: unknown): data is { code: string; message?: string } {
  return typeof data === 'object' && data !== null && 'code' in data && typeof data.code === 'string';
}
