import { isEmailAddress } from '../auth/identity/users/email.js';
import type { AlipayAgreementOptions } from '../providers/alipay/alipay.options.js';
import type { AlipayOptions } from '../providers/alipay/alipay.options.js';
import type { WechatPayOptions } from '../providers/wechat/wechat-pay.options.js';
import { readAccounts, type AccountsConfiguration } from './accounts.js';
import { readAlipay, readAlipayAgreements, readWechatPay, type Faults } from './channels.js';
import { ConfigurationError } from './configuration-error.js';
import { environmentSchema, type Environment } from './environment.js';
import { readExposure, type ExposureConfiguration } from './exposure.js';
import { readLimits, type LimitsConfiguration } from './limits.js';
import { isPlaceholder } from './secrets.js';
import { readTracing, type TracingConfiguration } from './tracing.js';

/** The stand-alone app's configuration, validated once. */
export interface Configuration extends ExposureConfiguration {
  production: boolean;
  host: string;
  port: number;
  /** Null: made from host and port, once the port is known. */
  publicUrl: string | null;
  /** The addresses of the proxies in front; null: X-Forwarded-For isn't believed. */
  trustProxy: string | null;
  limits: LimitsConfiguration;
  logLevel: string;
  /** How long this process goes on serving after it has said that it isn't ready any more. */
  shutdownDelayMs: number;
  /** Null: no traces. */
  tracing: TracingConfiguration | null;
  /** Null: the embedded PostgreSQL under the data folder. */
  databaseUrl: string | null;
  dataDir: string;
  /** Null outside production: made once and kept in the data folder. */
  jwtSecret: string | null;
  accounts: AccountsConfiguration;
  admin: { email: string; password: string } | null;
  /** Hosts in the own network that webhooks may go to. */
  webhookAllowedHosts: readonly string[];
  freePlanOnRegister: boolean;
  /** How long a subscription goes on after its paid time. */
  graceDays: number;
  /** Null keeps all. */
  usageRetentionMonths: number | null;
  /** Where the times on receipts and in mails are. */
  timeZone: string;
  /** Null: receipts name no seller. */
  sellerName: string | null;
  sandbox: boolean;
  alipay: AlipayOptions | null;
  /** Null: Alipay isn't asked to charge by agreement. */
  alipayAgreements: AlipayAgreementOptions | null;
  wechat: WechatPayOptions | null;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** @throws ConfigurationError with every fault at once. */
export function readConfiguration(variables: NodeJS.ProcessEnv): Configuration {
  const parsed = environmentSchema.safeParse(variables);
  if (!parsed.success) {
    throw new ConfigurationError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
    );
  }
  const env = parsed.data;
  const faults: Faults = [];
  const alipay = readAlipay(env, faults);
  const wechat = readWechatPay(env, faults);
  const production = env.NODE_ENV === 'production';
  const configuration: Configuration = {
    production,
    host: env.HOST ?? '127.0.0.1',
    port: env.PORT,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    trustProxy: env.TRUST_PROXY ?? null,
    ...readExposure(env, faults),
    limits: readLimits(env, production),
    logLevel: env.LOG_LEVEL ?? (production ? 'info' : 'warn'),
    shutdownDelayMs: (env.SHUTDOWN_DELAY_SECONDS ?? (production ? 3 : 0)) * 1000,
    tracing: readTracing(env, faults),
    databaseUrl: env.DATABASE_URL ?? null,
    dataDir: env.DATA_DIR ?? '.data',
    jwtSecret: readJwtSecret(env, faults),
    accounts: readAccounts(env, faults),
    admin: readAdmin(env, faults),
    webhookAllowedHosts: env.WEBHOOK_ALLOWED_HOSTS ?? [],
    freePlanOnRegister: env.FREE_PLAN_ON_REGISTER ?? true,
    graceDays: env.GRACE_DAYS,
    usageRetentionMonths: env.USAGE_RETENTION_MONTHS,
    timeZone: env.BUSINESS_TIME_ZONE,
    sellerName: env.SELLER_NAME,
    sandbox: env.PAYMENTS_SANDBOX ?? (!production && !alipay && !wechat && staysOnLoopback(env)),
    alipay,
    alipayAgreements: null,
    wechat,
  };
  configuration.alipayAgreements = readAlipayAgreements(env, configuration, faults);
  if (production) checkProduction(env, configuration, faults);
  if (faults.length > 0) throw new ConfigurationError(faults);
  return configuration;
}

/** Off the machine anybody could pay by the sandbox's button: there it serves only where it was asked for by name. */
function staysOnLoopback({ HOST = '127.0.0.1', PUBLIC_URL }: Environment): boolean {
  const hosts = [HOST.includes(':') ? `[${HOST}]` : HOST];
  if (PUBLIC_URL !== undefined) hosts.push(new URL(PUBLIC_URL).hostname);
  return hosts.every((host) => LOOPBACK.has(host));
}

function readJwtSecret(env: Environment, faults: Faults): string | null {
  const secret = env.JWT_SECRET;
  if (secret === undefined) return null;
  if (Buffer.byteLength(secret) < 32) faults.push('JWT_SECRET must be at least 32 bytes');
  return secret;
}

function readAdmin(env: Environment, faults: Faults): Configuration['admin'] {
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = env;
  if (email === undefined && password === undefined) return null;
  if (email === undefined || password === undefined) {
    faults.push('ADMIN_EMAIL and ADMIN_PASSWORD go together; one of them is missing');
    return null;
  }
  if (!isEmailAddress(email)) faults.push('ADMIN_EMAIL must be an e-mail address');
  if (password.length < 8 || password.length > 256)
    faults.push('ADMIN_PASSWORD must have 8 to 256 characters');
  return { email, password };
}

function checkProduction(env: Environment, configuration: Configuration, faults: Faults): void {
  if (configuration.sandbox) faults.push('PAYMENTS_SANDBOX must not be true in production');
  if (env.DATABASE_URL === undefined)
    faults.push('DATABASE_URL is missing; production needs a PostgreSQL of its own');
  if (env.JWT_SECRET === undefined) faults.push('JWT_SECRET is missing');
  if (env.PUBLIC_URL === undefined) {
    faults.push('PUBLIC_URL is missing; channels send notifications to it, and mails link to it');
  } else if (new URL(env.PUBLIC_URL).protocol !== 'https:') {
    faults.push('PUBLIC_URL must be https in production');
  }
  // Keys aren't among them: one that could be parsed is real, whatever its base64 happens to spell.
  const secrets = ['JWT_SECRET', 'ADMIN_PASSWORD', 'METRICS_TOKEN', 'WECHATPAY_API_V3_KEY'] as const;
  for (const name of secrets) {
    const value = env[name];
    if (value !== undefined && isPlaceholder(value))
      faults.push(`${name} is a placeholder; set a value of your own`);
  }
  requireHttps('ALIPAY_GATEWAY', env.ALIPAY_GATEWAY, faults);
  requireHttps('WECHATPAY_BASE_URL', env.WECHATPAY_BASE_URL, faults);
}

function requireHttps(name: string, value: string | undefined, faults: Faults): void {
  if (value === undefined) return;
  const { protocol, hostname } = new URL(value);
  if (protocol !== 'https:' && !LOOPBACK.has(hostname)) faults.push(`${name} must be https in production`);
}
