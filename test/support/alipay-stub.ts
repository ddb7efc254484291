import { sign, verify } from 'node:crypto';
import type { RsaPair } from './rsa-pair.js';
import { stubServer, type StubReply, type StubRequest, type StubServer } from './stub-server.js';

/** One call as Alipay's gateway sees it. */
export interface AlipayCall {
  method: string;
  /** Every parameter, of the address and of the body. */
  params: Record<string, string>;
  bizContent: Record<string, unknown>;
  /** True where the merchant signed it. */
  signed: boolean;
}

/** The content of an answer, signed by the stub, or an answer made by hand. */
export type AlipayReply = Record<string, unknown> | { raw: StubReply };

export interface AlipayStub extends Omit<StubServer, 'requests'> {
  gateway: string;
  calls: AlipayCall[];
}

/** `https://opendocs.alipay.com/common/02mriz`: the fields sorted by name, joined as `a=1&b=2`, RSA2. */
export function alipaySignature(fields: Record<string, string>, privateKey: string): string {
  return sign('RSA-SHA256', Buffer.from(signedText(fields)), privateKey).toString('base64');
}

/** A notification's form body. As Alipay does, signed without `sign_type`. */
export function alipayForm(fields: Record<string, string>, privateKey: string): Buffer {
  const { sign_type: _, ...content } = fields;
  return Buffer.from(
    new URLSearchParams({ ...fields, sign: alipaySignature(content, privateKey) }).toString(),
  );
}

export function readAlipayCall(request: Pick<StubRequest, 'url' | 'body'>, merchantKey: string): AlipayCall {
  const query = new URL(request.url, 'http://127.0.0.1').searchParams;
  const params = Object.fromEntries([...query, ...new URLSearchParams(request.body)]);
  const { sign: signature = '', ...fields } = params;
  return {
    method: params.method ?? '',
    params,
    bizContent: JSON.parse(params.biz_content ?? '{}'),
    signed: verify(
      'RSA-SHA256',
      Buffer.from(signedText(fields)),
      merchantKey,
      Buffer.from(signature, 'base64'),
    ),
  };
}

/** The text of a signed answer; `key` other than the method's own makes an error_response. */
export function alipayAnswer(key: string, content: object, privateKey: string): string {
  const text = JSON.stringify(content);
  const signature = sign('RSA-SHA256', Buffer.from(text), privateKey).toString('base64');
  return `{"${key}":${text},"sign":"${signature}"}`;
}

export async function alipayStub(
  keys: { merchant: RsaPair; alipay: RsaPair },
  reply: (call: AlipayCall) => AlipayReply,
): Promise<AlipayStub> {
  const calls: AlipayCall[] = [];
  const server = await stubServer((request) => {
    const call = readAlipayCall(request, keys.merchant.publicKey);
    calls.push(call);
    const content = reply(call);
    if ('raw' in content) return content.raw as StubReply;
    const key = `${call.method.replaceAll('.', '_')}_response`;
    return { status: 200, body: alipayAnswer(key, content, keys.alipay.privateKey) };
  });
  return { ...server, gateway: `${server.origin}/sandbox/alipay/gateway.do`, calls };
}

function signedText(fields: Record<string, string>): string {
  return Object.keys(fields)
    .toSorted()
    .map((name) => `${name}=${fields[name]}`)
    .join('&');
}
