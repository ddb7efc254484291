import { readFileSync } from 'node:fs';
import type { AlipayAgreementOptions } from '../providers/alipay/alipay.options.js';
import type { AlipayCertificates, AlipayOptions } from '../providers/alipay/alipay.options.js';
import type { WechatPayOptions } from '../providers/wechat/wechat-pay.options.js';
import type { Environment } from './environment.js';
import { toPem } from './secrets.js';

const ALIPAY_GATEWAY = 'https://openapi.alipay.com/gateway.do';
const WECHATPAY_BASE_URL = 'https://api.mch.weixin.qq.com';

const ALIPAY_CERTIFICATES = ['ALIPAY_APP_CERT', 'ALIPAY_PUBLIC_CERT', 'ALIPAY_ROOT_CERT'] as const;

type Name = keyof Environment & string;

/** Collects what is wrong, so that one start shows every fault. */
export type Faults = string[];

/** @returns null where none of the channel's names is set; half of them is a fault that names what is missing. */
export function readAlipay(env: Environment, faults: Faults): AlipayOptions | null {
  const names = ['ALIPAY_APP_ID', 'ALIPAY_SELLER_ID', 'ALIPAY_PRIVATE_KEY'] as const;
  if (!isOn(env, [...names, 'ALIPAY_PUBLIC_KEY', ...ALIPAY_CERTIFICATES, 'ALIPAY_GATEWAY'])) return null;
  const byCertificate = isOn(env, ALIPAY_CERTIFICATES);
  const verification = byCertificate ? ALIPAY_CERTIFICATES : (['ALIPAY_PUBLIC_KEY'] as const);
  requireAll(env, [...names, ...verification], 'Alipay', faults);
  const alipayPublicKey = readPem(env, 'ALIPAY_PUBLIC_KEY', 'public key', faults);
  return {
    appId: env.ALIPAY_APP_ID ?? '',
    sellerId: env.ALIPAY_SELLER_ID ?? '',
    privateKey: readPem(env, 'ALIPAY_PRIVATE_KEY', 'private key', faults) ?? '',
    ...(alipayPublicKey === undefined ? {} : { alipayPublicKey }),
    ...(byCertificate ? { certificates: readAlipayCertificates(env, faults) } : {}),
    gateway: env.ALIPAY_GATEWAY ?? ALIPAY_GATEWAY,
  };
}

/** @returns null where customers can't agree to be charged: the default. */
export function readAlipayAgreements(
  env: Environment,
  { alipay, sandbox }: { alipay: AlipayOptions | null; sandbox: boolean },
  faults: Faults,
): AlipayAgreementOptions | null {
  const signScene = env.ALIPAY_AGREEMENT_SCENE;
  if (signScene === undefined) return null;
  if (!alipay && !sandbox) faults.push('ALIPAY_AGREEMENT_SCENE is set, but Alipay is not');
  return { signScene };
}

function readAlipayCertificates(env: Environment, faults: Faults): AlipayCertificates {
  const [app, alipay, root] = ALIPAY_CERTIFICATES.map(
    (name) => readPem(env, name, 'certificate', faults) ?? '',
  );
  return { app: app ?? '', alipay: alipay ?? '', root: root ?? '' };
}

/** As {@link readAlipay}. WeChat's own key comes as public key with its id, as platform certificate, or as both. */
export function readWechatPay(env: Environment, faults: Faults): WechatPayOptions | null {
  const names = [
    'WECHATPAY_APP_ID',
    'WECHATPAY_MCH_ID',
    'WECHATPAY_MCH_SERIAL',
    'WECHATPAY_PRIVATE_KEY',
    'WECHATPAY_API_V3_KEY',
  ] as const;
  const keyNames = ['WECHATPAY_PUBLIC_KEY_ID', 'WECHATPAY_PUBLIC_KEY', 'WECHATPAY_PLATFORM_CERT'] as const;
  if (!isOn(env, [...names, ...keyNames, 'WECHATPAY_BASE_URL'])) return null;
  requireAll(env, names, 'WeChat Pay', faults);
  const platformCertificate = readPem(env, 'WECHATPAY_PLATFORM_CERT', 'certificate', faults);
  const publicKey = readWechatPublicKey(env, platformCertificate !== undefined, faults);
  if (env.WECHATPAY_API_V3_KEY !== undefined && Buffer.byteLength(env.WECHATPAY_API_V3_KEY) !== 32) {
    faults.push('WECHATPAY_API_V3_KEY must be exactly 32 bytes');
  }
  return {
    appId: env.WECHATPAY_APP_ID ?? '',
    mchId: env.WECHATPAY_MCH_ID ?? '',
    merchantSerial: env.WECHATPAY_MCH_SERIAL ?? '',
    privateKey: readPem(env, 'WECHATPAY_PRIVATE_KEY', 'private key', faults) ?? '',
    apiV3Key: env.WECHATPAY_API_V3_KEY ?? '',
    ...(publicKey ? { publicKey } : {}),
    ...(platformCertificate !== undefined ? { platformCertificate } : {}),
    baseUrl: env.WECHATPAY_BASE_URL ?? WECHATPAY_BASE_URL,
  };
}

function readWechatPublicKey(env: Environment, hasCertificate: boolean, faults: Faults) {
  const pem = readPem(env, 'WECHATPAY_PUBLIC_KEY', 'public key', faults);
  const id = env.WECHATPAY_PUBLIC_KEY_ID;
  if (pem !== undefined && id !== undefined) return { id, pem };
  if (id === undefined && isSet(env, 'WECHATPAY_PUBLIC_KEY')) {
    faults.push('WeChat Pay: WECHATPAY_PUBLIC_KEY is set without WECHATPAY_PUBLIC_KEY_ID');
  } else if (id !== undefined && !isSet(env, 'WECHATPAY_PUBLIC_KEY')) {
    faults.push('WeChat Pay: WECHATPAY_PUBLIC_KEY_ID is set without WECHATPAY_PUBLIC_KEY');
  } else if (
    !hasCertificate &&
    !isSet(env, 'WECHATPAY_PUBLIC_KEY') &&
    !isSet(env, 'WECHATPAY_PLATFORM_CERT')
  ) {
    faults.push(
      'WeChat Pay is half configured; missing: WECHATPAY_PUBLIC_KEY_ID and WECHATPAY_PUBLIC_KEY, or WECHATPAY_PLATFORM_CERT',
    );
  }
  return undefined;
}

function isOn(env: Environment, names: readonly Name[]): boolean {
  return names.some((name) => isSet(env, name));
}

function isSet(env: Environment, name: Name): boolean {
  return env[name] !== undefined || env[`${name}_PATH` as Name] !== undefined;
}

function requireAll(env: Environment, names: readonly Name[], channel: string, faults: Faults): void {
  const missing = names.filter((name) => !isSet(env, name));
  if (missing.length > 0) faults.push(`${channel} is half configured; missing: ${missing.join(', ')}`);
}

function readPem(
  env: Environment,
  name: Name,
  kind: Parameters<typeof toPem>[1],
  faults: Faults,
): string | undefined {
  const pathName = `${name}_PATH` as Name;
  const path = env[pathName] as string | undefined;
  let value = env[name] as string | undefined;
  if (value === undefined && path !== undefined) {
    try {
      value = readFileSync(path, 'utf8');
    } catch {
      faults.push(`${pathName}: the file can't be read`);
      return undefined;
    }
  }
  if (value === undefined) return undefined;
  try {
    return toPem(value, kind);
  } catch (error) {
    faults.push(`${name} ${(error as Error).message}`);
    return undefined;
  }
}
