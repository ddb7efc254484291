import { headerOf, rawBodyOf, type SandboxRequest } from '../http/sandbox-http.js';
import type { SandboxCredentials } from '../options/sandbox-credentials.js';
import { WechatError } from '../wire/wechat-error.js';
import { isRequestSigned } from './wechat-signature.js';

const SCHEME = 'WECHATPAY2-SHA256-RSA2048 ';
const MAX_CLOCK_SKEW_S = 300;

/**
 * Checks that a request comes from our merchant and was made just now.
 * @returns the body's bytes, which the signature covers.
 * @throws WechatError SIGN_ERROR for a bad signature, PARAM_ERROR for a foreign public key id.
 */
export function verifyWechatRequest(
  request: SandboxRequest,
  credentials: SandboxCredentials['wechat'],
): Buffer {
  const header = headerOf(request, 'authorization');
  if (!header?.startsWith(SCHEME)) throw WechatError.badSignature(`Authorization应以${SCHEME.trim()}开头`);
  const { mchid, serial_no, timestamp, nonce_str, signature } = readParts(header.slice(SCHEME.length));
  if (!timestamp || !nonce_str || !signature) throw WechatError.badSignature('Authorization缺少必要的字段');
  if (mchid !== credentials.mchId) throw WechatError.badSignature('商户号不存在');
  if (serial_no !== credentials.merchantSerial) throw WechatError.badSignature('商户证书序列号有误');
  if (!/^\d{10}$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > MAX_CLOCK_SKEW_S) {
    throw WechatError.badSignature(`时间戳与当前时间相差超过${MAX_CLOCK_SKEW_S}秒`);
  }
  const body = rawBodyOf(request);
  const signed = { method: request.method, target: request.originalUrl, timestamp, nonce: nonce_str, body };
  if (!isRequestSigned(signed, signature, credentials.merchantPublicKey)) {
    throw WechatError.badSignature('签名与请求不符');
  }
  const publicKeyId = headerOf(request, 'wechatpay-serial');
  if (publicKeyId && publicKeyId !== credentials.publicKeyId) {
    throw new WechatError(400, 'PARAM_ERROR', 'Wechatpay-Serial与微信支付公钥ID不符');
  }
  return body;
}

function readParts(text: string): Partial<Record<string, string>> {
  return Object.fromEntries([...text.matchAll(/(\w+)="([^"]*)"/g)].map((match) => [match[1], match[2]]));
}
