import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import type { AlipaySdk, AlipaySdkConfig } from 'alipay-sdk';
import { onFirstUse } from '../../loading/on-first-use.js';

const require = createRequire(import.meta.url);

/** The gateway answered, and Alipay's key doesn't verify the answer. */
export class UnverifiedAnswerError extends Error {
  override name = 'UnverifiedAnswerError';
}

/** The SDK and its HTTP client are large, so only an application with this channel loads them. */
export function openAlipaySdk(config: AlipaySdkConfig): AlipaySdk {
  return new (verifyingSdk())(config);
}

/**
 * The SDK with a stricter check of the gateway's answers (it calls this method when `validateSign` is true):
 * - an unsigned answer gets an error that says so and names the unproven code, in place of a bare TypeError;
 * - a signed `error_response` is verified as such, so that its true code isn't hidden behind "wrong signature";
 * - the signature is made over a slice of the text, found by its key, while the caller gets the parsed JSON:
 *   the two must say the same, which a doubled key could otherwise prevent.
 */
const verifyingSdk = onFirstUse(() => {
  const { AlipaySdk } = require('alipay-sdk') as typeof import('alipay-sdk');
  return class VerifyingAlipaySdk extends AlipaySdk {
    /** @throws UnverifiedAnswerError */
    override checkResponseSign(raw: string, responseKey: string, signature: unknown, traceId: string): void {
      const envelope = JSON.parse(raw) as Record<string, Record<string, unknown> | undefined>;
      const key = envelope[responseKey] === undefined ? 'error_response' : responseKey;
      const content = envelope[key];
      if (typeof signature !== 'string' || signature === '') {
        throw new UnverifiedAnswerError(
          `the answer is not signed; it claims ${String(content?.code)} ${String(content?.sub_code ?? content?.msg)}`,
        );
      }
      this.#verify(raw, key, signature, traceId);
      if (!isDeepStrictEqual(JSON.parse(this.getSignStr(raw, key)), content)) {
        throw new UnverifiedAnswerError('the part of the answer that is signed is not the part that is read');
      }
    }

    /** The SDK's own error holds the whole answer and its signature: too long, and a buyer's data besides. */
    #verify(raw: string, key: string, signature: string, traceId: string): void {
      try {
        super.checkResponseSign(raw, key, signature, traceId);
      } catch {
        throw new UnverifiedAnswerError("the answer's signature is not one of Alipay's key");
      }
    }
  };
});
