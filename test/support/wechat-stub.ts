import { createCipheriv, randomBytes, sign, verify } from 'node:crypto';
import type { RawNotification } from '../../src/providers/raw-notification.js';
import type { RsaPair } from './rsa-pair.js';
import { stubServer, type StubReply, type StubRequest, type StubServer } from './stub-server.js';

/** One call as WeChat Pay's API sees it. */
export interface WechatCall {
  method: string;
  /** The path with its query, as it came over the wire. */
  url: string;
  body: Record<string, unknown> | null;
  /** The header `Wechatpay-Serial`. */
  serial: string | undefined;
  /** True where the merchant signed this method, path and body. */
  signed: boolean;
}

/** A 2xx answer that the stub signs, an error that it leaves unsigned, or an answer made by hand. */
export type WechatReply = { ok: object | null } | { status: number; code: string } | { raw: StubReply };

export interface WechatStub extends Omit<StubServer, 'requests'> {
  baseUrl: string;
  calls: WechatCall[];
}

export interface Signer {
  serial: string;
  privateKey: string;
}

/** The four headers over `timestamp\nnonce\nbody\n` (APIv3). `at` in seconds since 1970. */
export function wechatHeaders(body: string | Buffer, signer: Signer, at: number): Record<string, string> {
  const nonce = randomBytes(16).toString('hex');
  const text = Buffer.concat([Buffer.from(`${at}\n${nonce}\n`), Buffer.from(body), Buffer.from('\n')]);
  return {
    'wechatpay-timestamp': String(at),
    'wechatpay-nonce': nonce,
    'wechatpay-serial': signer.serial,
    'wechatpay-signature': sign('RSA-SHA256', text, signer.privateKey).toString('base64'),
  };
}

/** An answer with status 200, or 204 where there is no content, signed now. */
export function wechatAnswer(content: object | null, signer: Signer) {
  const body = content === null ? '' : JSON.stringify(content);
  const headers = {
    'content-type': 'application/json',
    ...wechatHeaders(body, signer, Math.floor(Date.now() / 1000)),
  };
  return { status: content === null ? 204 : 200, headers, body };
}

export interface NotificationParts {
  eventType: string;
  content: unknown;
  apiV3Key: string;
  signer: Signer;
  /** Seconds since 1970. */
  at: number;
  /** The same for every copy. Default `EV-1`. */
  id?: string;
  associatedData?: string;
}

/** A notification with its content encrypted (AES-256-GCM) and its body signed. */
export function wechatNotification(parts: NotificationParts): RawNotification & { body: Buffer } {
  const nonce = randomBytes(6).toString('hex');
  const associatedData = parts.associatedData ?? 'transaction';
  const cipher = createCipheriv('aes-256-gcm', parts.apiV3Key, nonce).setAAD(Buffer.from(associatedData));
  const ciphertext = Buffer.concat([
    cipher.update(JSON.stringify(parts.content)),
    cipher.final(),
    cipher.getAuthTag(),
  ]).toString('base64');
  const envelope = {
    id: parts.id ?? 'EV-1',
    create_time: '2026-03-01T08:00:01+08:00',
    event_type: parts.eventType,
    resource_type: 'encrypt-resource',
    resource: { algorithm: 'AEAD_AES_256_GCM', ciphertext, nonce, associated_data: associatedData },
  };
  // Written with spaces and escapes, which parsing and writing again would not keep.
  const body = Buffer.from(JSON.stringify(envelope, null, 1).replaceAll('/', '\\/'));
  return { headers: wechatHeaders(body, parts.signer, parts.at), body };
}

export async function wechatStub(
  keys: { merchant: RsaPair; signer: Signer },
  reply: (call: WechatCall) => WechatReply,
): Promise<WechatStub> {
  const calls: WechatCall[] = [];
  const server = await stubServer((request) => {
    const call: WechatCall = {
      method: request.method,
      url: request.url,
      body: request.body === '' ? null : JSON.parse(request.body),
      serial: request.headers['wechatpay-serial'] as string | undefined,
      signed: isSigned(request, keys.merchant.publicKey),
    };
    calls.push(call);
    const content = reply(call);
    if ('raw' in content) return content.raw;
    if ('ok' in content) return wechatAnswer(content.ok, keys.signer);
    const body = JSON.stringify({ code: content.code, message: 'why' });
    return { status: content.status, headers: { 'content-type': 'application/json' }, body };
  });
  return { ...server, baseUrl: `${server.origin}/sandbox/wechat`, calls };
}

function isSigned({ method, url, headers, body }: StubRequest, merchantKey: string): boolean {
  const [scheme, pairs = ''] = (headers.authorization ?? '').split(' ');
  const field = Object.fromEntries(
    [...pairs.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  const text = `${method}\n${url}\n${field.timestamp}\n${field.nonce_str}\n${body}\n`;
  return (
    scheme === 'WECHATPAY2-SHA256-RSA2048' &&
    verify('RSA-SHA256', Buffer.from(text), merchantKey, Buffer.from(field.signature ?? '', 'base64'))
  );
}
