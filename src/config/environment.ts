import { IANAZone } from 'luxon';
import { z } from 'zod';

/** An empty variable is an absent one: `NAME=` in a file means "not set". */
const text = z.preprocess((value) => (value === '' ? undefined : value), z.string().optional());

/** A misspelt `production` would start with the sandbox and secrets of its own making. */
const nodeEnv = text.pipe(
  z
    .enum(['production', 'development', 'test'], { error: 'must be production, development or test' })
    .optional(),
);

const flag = text.transform((value, context) => {
  if (value === undefined) return undefined;
  if (value === 'true' || value === 'false') return value === 'true';
  context.addIssue({ code: 'custom', message: 'must be true or false' });
  return z.NEVER;
});

const port = text.transform((value, context) => {
  if (value === undefined) return 3000;
  const number = Number(value);
  if (/^\d+$/.test(value) && number <= 65535) return number;
  context.addIssue({ code: 'custom', message: 'must be a port from 0 to 65535' });
  return z.NEVER;
});

const seconds = text.transform((value, context) => {
  if (value === undefined) return undefined;
  if (/^\d{1,3}$/.test(value)) return Number(value);
  context.addIssue({ code: 'custom', message: 'must be whole seconds, from 0 to 999' });
  return z.NEVER;
});

const optionalPort = text.transform((value, context) => {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= 1 && number <= 65535) return number;
  context.addIssue({ code: 'custom', message: 'must be a port from 1 to 65535' });
  return z.NEVER;
});

const limit = text.transform((value, context) => {
  if (value === undefined) return undefined;
  if (/^\d{1,6}$/.test(value)) return Number(value);
  context.addIssue({ code: 'custom', message: 'must be a whole number from 0 (no limit) to 999999' });
  return z.NEVER;
});

const DEFAULT_GRACE_DAYS = 3;

const graceDays = text.transform((value, context) => {
  if (value === undefined) return DEFAULT_GRACE_DAYS;
  if (/^\d{1,2}$/.test(value)) return Number(value);
  context.addIssue({ code: 'custom', message: 'must be whole days, from 0 to 99' });
  return z.NEVER;
});

const timeZone = text.transform((value, context) => {
  if (value === undefined) return 'Asia/Shanghai';
  if (IANAZone.isValidZone(value)) return value;
  context.addIssue({ code: 'custom', message: 'must be the IANA name of a time zone, like Asia/Shanghai' });
  return z.NEVER;
});

const months = text.transform((value, context) => {
  if (value === undefined) return null;
  if (/^[1-9]\d{0,2}$/.test(value)) return Number(value);
  context.addIssue({ code: 'custom', message: 'must be whole months, from 1 to 999' });
  return z.NEVER;
});

const url = (protocols: readonly string[]) =>
  text.superRefine((value, context) => {
    if (value === undefined) return;
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
      context.addIssue({
        code: 'custom',
        message: `must be an address that begins with ${protocols.join(' or ')}//`,
      });
    }
  });

const signScene = text.transform((value, context) => {
  if (value === undefined || /^[A-Z_]+\|[A-Z_]+$/.test(value)) return value;
  context.addIssue({
    code: 'custom',
    message: 'must be the scene that Alipay agreed to, like INDUSTRY|DIGITAL_MEDIA',
  });
  return z.NEVER;
});

const ratio = text.transform((value, context) => {
  if (value === undefined) return 1;
  const number = Number(value);
  if (/^[\d.]+$/.test(value) && number >= 0 && number <= 1) return number;
  context.addIssue({ code: 'custom', message: 'must be a number from 0 to 1' });
  return z.NEVER;
});

const web = url(['http:', 'https:']);

/** An address that paths are appended to. */
const base = web.superRefine((value, context) => {
  if (value === undefined || !URL.canParse(value)) return;
  const { search, hash, username, password } = new URL(value);
  if ([search, hash, username, password].some((part) => part !== '') || /[?#]/.test(value)) {
    context.addIssue({ code: 'custom', message: 'must have no query, no fragment and no user in it' });
  }
});

const origins = text.transform((value, context) => {
  const list = value?.split(',').map((origin) => origin.trim());
  const isOrigin = (origin: string) =>
    URL.canParse(origin) && /^https?:/.test(origin) && new URL(origin).origin === origin;
  if (list === undefined || list.every(isOrigin)) return list;
  context.addIssue({
    code: 'custom',
    message: 'must be origins like https://app.idoctor.cn, separated by commas',
  });
  return z.NEVER;
});

const hosts = text.transform((value, context) => {
  const list = value?.split(',').map((host) => host.trim());
  // As a URL writes it: without a scheme, and an IPv6 address with its port in brackets.
  const isHost = (host: string) =>
    /^[0-9a-z.-]+(:\d{1,5})?$|^[0-9a-f:.]+$|^\[[0-9a-f:.]+\]:\d{1,5}$/i.test(host);
  if (list === undefined || list.every(isHost)) return list;
  context.addIssue({
    code: 'custom',
    message: 'must be hosts like hooks.internal or 10.0.0.5:8080, separated by commas',
  });
  return z.NEVER;
});

/** Every name that the app reads, with the form that its value must have. What they mean together is decided above. */
export const environmentSchema = z.object({
  NODE_ENV: nodeEnv,
  HOST: text,
  PORT: port,
  PUBLIC_URL: base,
  TRUST_PROXY: text,
  CORS_ORIGINS: origins,
  HSTS_INCLUDE_SUBDOMAINS: flag,
  SERVE_DOCS: flag,
  METRICS_TOKEN: text,
  METRICS_PORT: optionalPort,
  REGISTRATIONS_PER_HOUR: limit,
  ORDERS_PER_MINUTE: limit,
  WRITES_PER_MINUTE: limit,
  LOG_LEVEL: text.pipe(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional()),
  SHUTDOWN_DELAY_SECONDS: seconds,
  OTEL_EXPORTER_OTLP_ENDPOINT: web,
  OTEL_EXPORTER_OTLP_HEADERS: text,
  OTEL_SERVICE_NAME: text,
  OTEL_TRACES_SAMPLER_ARG: ratio,
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  DATA_DIR: text,
  JWT_SECRET: text,
  JWT_PREVIOUS_SECRETS: text,
  JWT_PRIVATE_KEY: text,
  JWT_PRIVATE_KEY_PATH: text,
  JWT_OTHER_PUBLIC_KEY: text,
  JWT_OTHER_PUBLIC_KEY_PATH: text,
  SMTP_URL: url(['smtp:', 'smtps:']),
  MAIL_FROM: text,
  MAIL_LINK_URL: web,
  REQUIRE_VERIFIED_EMAIL: flag,
  WEBHOOK_ALLOWED_HOSTS: hosts,
  ADMIN_EMAIL: text,
  ADMIN_PASSWORD: text,
  FREE_PLAN_ON_REGISTER: flag,
  GRACE_DAYS: graceDays,
  USAGE_RETENTION_MONTHS: months,
  BUSINESS_TIME_ZONE: timeZone,
  SELLER_NAME: text.transform((name) => name ?? null),
  RETURN_URL_ORIGINS: origins,
  PAYMENTS_SANDBOX: flag,
  ALIPAY_APP_ID: text,
  ALIPAY_SELLER_ID: text,
  ALIPAY_PRIVATE_KEY: text,
  ALIPAY_PRIVATE_KEY_PATH: text,
  ALIPAY_PUBLIC_KEY: text,
  ALIPAY_PUBLIC_KEY_PATH: text,
  ALIPAY_APP_CERT: text,
  ALIPAY_APP_CERT_PATH: text,
  ALIPAY_PUBLIC_CERT: text,
  ALIPAY_PUBLIC_CERT_PATH: text,
  ALIPAY_ROOT_CERT: text,
  ALIPAY_ROOT_CERT_PATH: text,
  ALIPAY_GATEWAY: web,
  ALIPAY_AGREEMENT_SCENE: signScene,
  WECHATPAY_APP_ID: text,
  WECHATPAY_MCH_ID: text,
  WECHATPAY_MCH_SERIAL: text,
  WECHATPAY_PRIVATE_KEY: text,
  WECHATPAY_PRIVATE_KEY_PATH: text,
  WECHATPAY_API_V3_KEY: text,
  WECHATPAY_PUBLIC_KEY_ID: text,
  WECHATPAY_PUBLIC_KEY: text,
  WECHATPAY_PUBLIC_KEY_PATH: text,
  WECHATPAY_PLATFORM_CERT: text,
  WECHATPAY_PLATFORM_CERT_PATH: text,
  WECHATPAY_BASE_URL: web,
});

export type Environment = z.infer<typeof environmentSchema>;
