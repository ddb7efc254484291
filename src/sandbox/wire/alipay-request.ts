import { alipaySerial } from '../options/alipay-serial.js';
import type { AlipayCertificates } from '../options/issue-certificates.js';
import { queryOf, rawBodyOf, type SandboxRequest } from '../http/sandbox-http.js';
import type { SandboxCredentials } from '../options/sandbox-credentials.js';
import { AlipayError } from './alipay-error.js';
import { isSignedBy, signedText } from './alipay-signature.js';
import { parseBeijingTime } from './alipay-time.js';

/** A call whose signature and common parameters are in order. */
export interface AlipayCall {
  method: string;
  notifyUrl: string | null;
  returnUrl: string | null;
  /** `biz_content`, parsed, not yet checked. */
  biz: unknown;
}

/** What the buyer's browser opens. */
const PAGES: ReadonlySet<string> = new Set([
  'alipay.trade.page.pay',
  'alipay.trade.wap.pay',
  'alipay.user.agreement.page.sign',
]);

export function isPage(method: string): boolean {
  return PAGES.has(method);
}

/** Wide enough for a slow clock, narrow enough to catch a time that is not Beijing's. */
const MAX_CLOCK_SKEW_MS = 3_600_000;

/** The method that a request names, before anything is checked: it decides the form of a refusal. */
export function methodOf(request: SandboxRequest): string {
  return (
    new URLSearchParams(rawBodyOf(request).toString('utf8')).get('method') ??
    queryOf(request).get('method') ??
    ''
  );
}

/**
 * Reads a call the way Alipay's gateway does: parameters from query and form together, signature over them all.
 * @throws AlipayError for whatever is missing or wrong.
 */
export function readAlipayCall(
  request: SandboxRequest,
  credentials: SandboxCredentials['alipay'],
  certificates: AlipayCertificates | undefined,
): AlipayCall {
  const fields = readFields(request);
  const required = (name: string, what: string): string => {
    const value = fields[name];
    if (!value) throw AlipayError.missing(what, `缺少${name}参数`);
    return value;
  };
  const method = required('method', 'method');
  if (required('app_id', 'app-id') !== credentials.appId)
    throw AlipayError.invalid('app-id', '无效的AppID参数');
  if (required('sign_type', 'signature-type') !== 'RSA2') {
    throw AlipayError.invalid('signature-type', '无效的签名类型，本应用仅支持RSA2');
  }
  if ((fields.charset ?? 'utf-8').toLowerCase() !== 'utf-8') {
    throw AlipayError.invalid('charset', '字符集错误，请使用utf-8');
  }
  required('version', 'version');
  const timestamp = parseBeijingTime(required('timestamp', 'timestamp'));
  if (!timestamp) throw AlipayError.invalid('timestamp', '非法的时间戳参数，格式应为yyyy-MM-dd HH:mm:ss');
  const text = signedText(fields, ['sign']);
  if (!isSignedBy(text, required('sign', 'signature'), credentials.merchantPublicKey)) {
    throw AlipayError.invalid(
      'signature',
      `无效签名，请检查应用私钥与应用公钥是否匹配，网关生成的验签字符串为：${text}`,
    );
  }
  if (certificates) assertCertificates(fields, certificates);
  // By the machine's clock, with which requests are stamped, even where a test moves the business clock.
  // A page's link is opened whenever the buyer likes; a call between servers is made just now.
  if (!isPage(method) && Math.abs(Date.now() - timestamp.getTime()) > MAX_CLOCK_SKEW_MS) {
    throw AlipayError.invalid('timestamp', '非法的时间戳参数，应为当前的北京时间');
  }
  return {
    method,
    notifyUrl: webAddress(fields, 'notify_url'),
    returnUrl: webAddress(fields, 'return_url'),
    biz: parseBiz(fields.biz_content),
  };
}

function assertCertificates(fields: Record<string, string>, { app, root }: AlipayCertificates): void {
  if (fields.app_cert_sn !== alipaySerial(app)) {
    throw AlipayError.invalid('app-cert-sn', '应用公钥证书SN与应用不匹配');
  }
  if (fields.alipay_root_cert_sn !== alipaySerial(root)) {
    throw AlipayError.invalid('alipay-root-cert-sn', '支付宝根证书SN有误');
  }
}

function readFields(request: SandboxRequest): Record<string, string> {
  const form = new URLSearchParams(rawBodyOf(request).toString('utf8'));
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of [...queryOf(request), ...form]) {
    if (name in fields) throw AlipayError.invalid('parameter', `参数${name}重复`);
    fields[name] = value;
  }
  return fields;
}

function webAddress(fields: Record<string, string>, name: string): string | null {
  const value = fields[name];
  if (!value) return null;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw AlipayError.invalid('parameter', `参数${name}不是有效的URL`);
  }
  return value;
}

function parseBiz(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    throw AlipayError.invalid('parameter', 'biz_content不是有效的JSON');
  }
}
