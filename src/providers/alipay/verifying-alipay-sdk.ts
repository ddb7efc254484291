import { isDeepStrictEqual } from 'node:util';
import { AlipayRequestError, AlipaySdk } from 'alipay-sdk';

/**
 * The SDK with a stricter check of the gateway's answers (it calls this method when `validateSign` is true):
 * - an unsigned answer gets an error that says so and names the unproven code, in place of a bare TypeError;
 * - a signed `error_response` is verified as such, so that its true code isn't hidden behind "wrong signature";
 * - the signature is made over a slice of the text, found by its key, while the caller gets the parsed JSON:
 *   the two must say the same, which a doubled key could otherwise prevent.
 */
export class VerifyingAlipaySdk extends AlipaySdk {
  override checkResponseSign(raw: string, responseKey: string, signature: unknown, traceId: string): void {
    const envelope = JSON.parse(raw) as Record<string, Record<string, unknown> | undefined>;
    const key = envelope[responseKey] === undefined ? 'error_response' : responseKey;
    const content = envelope[key];
    if (typeof signature !== 'string' || signature === '') {
      throw new AlipayRequestError(
        `the answer is not signed; it claims ${String(content?.code)} ${String(content?.sub_code ?? content?.msg)}`,
      );
    }
    super.checkResponseSign(raw, key, signature, traceId);
    if (!isDeepStrictEqual(JSON.parse(this.getSignStr(raw, key)), content)) {
      throw new AlipayRequestError('the part of the answer that is signed is not the part that is read');
    }
  }
}
