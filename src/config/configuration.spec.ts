import { generateKeyPairSync } from 'node:crypto';
import { ConfigurationError } from './configuration-error.js';
import { readConfiguration } from './configuration.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

const ALIPAY = {
  ALIPAY_APP_ID: '2021000000000001',
  ALIPAY_SELLER_ID: '2088000000000001',
  ALIPAY_PRIVATE_KEY: privateKey,
  ALIPAY_PUBLIC_KEY: publicKey,
};

const WECHAT = {
  WECHATPAY_APP_ID: 'wx0000000000000001',
  WECHATPAY_MCH_ID: '1600000001',
  WECHATPAY_MCH_SERIAL: '5157F09EFDC096DE15EBE81A47057A7232F1B8E1',
  WECHATPAY_PRIVATE_KEY: privateKey,
  WECHATPAY_API_V3_KEY: '0123456789abcdef0123456789abcdef',
  WECHATPAY_PUBLIC_KEY_ID: 'PUB_KEY_ID_0116000000012024',
  WECHATPAY_PUBLIC_KEY: publicKey,
};

const PRODUCTION = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgresql://db.internal/commercial',
  JWT_SECRET: '8f1b0c6d2e9a47538f1b0c6d2e9a4753',
  PUBLIC_URL: 'https://pay.idoctor.cn',
};

/** The lines with which that environment is refused. */
function faults(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfiguration(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).faults;
  }
  return [];
}

describe('with nothing set', () => {
  it('is a development instance on the loopback with the sandbox and an embedded database', () => {
    expect(readConfiguration({})).toMatchObject({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      trustProxy: null,
      databaseUrl: null,
      dataDir: '.data',
      jwtSecret: null,
      admin: null,
      freePlanOnRegister: true,
      graceDays: 3,
      timeZone: 'Asia/Shanghai',
      sandbox: true,
      alipay: null,
      wechat: null,
    });
  });

  it('takes an empty variable for an absent one', () => {
    const names = ['HOST', 'PORT', 'DATABASE_URL', 'JWT_SECRET', 'ALIPAY_APP_ID', 'PAYMENTS_SANDBOX'];
    const empty = Object.fromEntries(names.map((name) => [name, '']));
    expect(readConfiguration(empty)).toEqual(readConfiguration({}));
  });
});

describe('values', () => {
  it('are read in their forms', () => {
    const configuration = readConfiguration({
      HOST: '0.0.0.0',
      PORT: '0',
      PUBLIC_URL: 'https://pay.example.com/base//',
      FREE_PLAN_ON_REGISTER: 'false',
      GRACE_DAYS: '0',
      BUSINESS_TIME_ZONE: 'Asia/Urumqi',
      ADMIN_EMAIL: 'root@example.com',
      ADMIN_PASSWORD: 'long enough',
    });
    expect(configuration).toMatchObject({
      host: '0.0.0.0',
      port: 0,
      publicUrl: 'https://pay.example.com/base',
      freePlanOnRegister: false,
      graceDays: 0,
      timeZone: 'Asia/Urumqi',
      admin: { email: 'root@example.com', password: 'long enough' },
    });
  });

  it.each([
    ['NODE_ENV', 'prod'],
    ['NODE_ENV', 'Production'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80x'],
    ['PUBLIC_URL', 'pay.example.com'],
    ['PUBLIC_URL', 'ftp://pay.example.com'],
    ['PUBLIC_URL', 'https://pay.example.com/?a=b'],
    ['PUBLIC_URL', 'https://pay.example.com?'],
    ['PUBLIC_URL', 'https://pay.example.com/#a'],
    ['PUBLIC_URL', 'https://me:pw@pay.example.com/'],
    ['SERVE_DOCS', 'no'],
    ['HSTS_INCLUDE_SUBDOMAINS', 'yes'],
    ['METRICS_PORT', '0'],
    ['METRICS_TOKEN', 'short'],
    ['METRICS_TOKEN', 'with a space in the token'],
    ['REGISTRATIONS_PER_HOUR', '-1'],
    ['ORDERS_PER_MINUTE', 'many'],
    ['WRITES_PER_MINUTE', '1.5'],
    ['RETURN_URL_ORIGINS', 'https://app.idoctor.cn/path'],
    ['DATABASE_URL', 'mysql://x/y'],
    ['FREE_PLAN_ON_REGISTER', 'yes'],
    ['GRACE_DAYS', '-1'],
    ['BUSINESS_TIME_ZONE', 'Asia/Atlantis'],
    ['PAYMENTS_SANDBOX', '1'],
    ['LOG_LEVEL', 'loud'],
    ['JWT_SECRET', 'x'.repeat(31)],
  ])('are refused by the name of the variable: %s=%s', (name, value) => {
    expect(faults({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} `))]);
  });

  it('count bytes, not characters, of the JWT secret', () => {
    expect(faults({ JWT_SECRET: '密'.repeat(11) })).toEqual([]);
  });

  it.each([
    [{ ADMIN_EMAIL: 'root@example.com' }, /go together/],
    [{ ADMIN_PASSWORD: 'long enough' }, /go together/],
    [{ ADMIN_EMAIL: 'root', ADMIN_PASSWORD: 'long enough' }, /ADMIN_EMAIL must be/],
    [{ ADMIN_EMAIL: 'root@example.com', ADMIN_PASSWORD: 'short' }, /ADMIN_PASSWORD must have/],
  ])('of the administrator are refused where they can’t be: %j', (environment, fault) => {
    expect(faults(environment)).toEqual([expect.stringMatching(fault)]);
  });

  it('are all complained of at once, and never told', () => {
    const lines = faults({
      ...ALIPAY,
      ALIPAY_PRIVATE_KEY: 'hush-hush',
      JWT_SECRET: 'hush',
      ADMIN_EMAIL: 'x',
    });
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toContain('hush');
  });
});

describe('the sandbox', () => {
  it.each([
    [{ HOST: '0.0.0.0' }],
    [{ HOST: '::' }],
    [{ HOST: '192.0.2.1' }],
    [{ PUBLIC_URL: 'https://try.idoctor.cn' }],
    [{ PUBLIC_URL: 'http://127.0.0.1.idoctor.cn' }],
  ])('serves only where it is asked for by name: %j', (environment) => {
    expect(readConfiguration(environment).sandbox).toBe(false);
    expect(readConfiguration({ ...environment, PAYMENTS_SANDBOX: 'true' }).sandbox).toBe(true);
  });

  it.each([[{ HOST: 'localhost' }], [{ HOST: '::1' }], [{ PUBLIC_URL: 'http://localhost:3000' }]])(
    'serves on the loopback: %j',
    (environment) => expect(readConfiguration(environment).sandbox).toBe(true),
  );
});

describe('a channel', () => {
  it('is on when its names are set, at its own gateway, and turns the sandbox off', () => {
    const configuration = readConfiguration({ ...ALIPAY, ...WECHAT });
    expect(configuration).toMatchObject({
      sandbox: false,
      alipay: { appId: ALIPAY.ALIPAY_APP_ID, gateway: 'https://openapi.alipay.com/gateway.do' },
      wechat: { mchId: WECHAT.WECHATPAY_MCH_ID, baseUrl: 'https://api.mch.weixin.qq.com' },
    });
    expect(readConfiguration({ ...ALIPAY, PAYMENTS_SANDBOX: 'true' }).sandbox).toBe(true);
  });

  it('charges by agreement where its scene is set, with the sandbox too, and nowhere else', () => {
    const ALIPAY_AGREEMENT_SCENE = 'INDUSTRY|DIGITAL_MEDIA';
    const agreements = { signScene: ALIPAY_AGREEMENT_SCENE };
    expect(readConfiguration(ALIPAY).alipayAgreements).toBeNull();
    expect(readConfiguration({ ...ALIPAY, ALIPAY_AGREEMENT_SCENE }).alipayAgreements).toEqual(agreements);
    expect(readConfiguration({ ALIPAY_AGREEMENT_SCENE })).toMatchObject({ sandbox: true });
    expect(faults({ ...WECHAT, ALIPAY_AGREEMENT_SCENE })).toEqual([
      'ALIPAY_AGREEMENT_SCENE is set, but Alipay is not',
    ]);
    expect(faults({ ...ALIPAY, ALIPAY_AGREEMENT_SCENE: 'media' }).join()).toMatch(
      /^ALIPAY_AGREEMENT_SCENE must/,
    );
  });

  const HALVES = [...Object.keys(ALIPAY), ...Object.keys(WECHAT)];
  it.each(HALVES)('that lacks %s is an error which names it', (missing) => {
    const all: NodeJS.ProcessEnv = missing in ALIPAY ? { ...ALIPAY } : { ...WECHAT };
    delete all[missing];
    expect(faults(all).join()).toContain(missing);
  });

  it('of WeChat takes a certificate for the public key', () => {
    const rest = { ...WECHAT, WECHATPAY_PUBLIC_KEY: '', WECHATPAY_PUBLIC_KEY_ID: '' };
    expect(faults(rest).join()).toContain('WECHATPAY_PLATFORM_CERT');
    expect(faults({ ...rest, WECHATPAY_PLATFORM_CERT: 'no certificate' }).join()).toMatch(
      /WECHATPAY_PLATFORM_CERT is not a readable certificate/,
    );
  });

  it.each(['0123456789abcdef', '0123456789abcdef0123456789abcdef0'])(
    'of WeChat is refused with the APIv3 key %s, which is not 32 bytes',
    (key) => {
      expect(faults({ ...WECHAT, WECHATPAY_API_V3_KEY: key })).toEqual([
        'WECHATPAY_API_V3_KEY must be exactly 32 bytes',
      ]);
    },
  );

  it('is refused with a broken key, by name', () => {
    expect(faults({ ...ALIPAY, ALIPAY_PUBLIC_KEY: privateKey.slice(0, 200) }).join()).toMatch(
      /^ALIPAY_PUBLIC_KEY/,
    );
    expect(faults({ ...WECHAT, WECHATPAY_PRIVATE_KEY_PATH: '/nowhere', WECHATPAY_PRIVATE_KEY: '' })).toEqual([
      expect.stringMatching(/^WECHATPAY_PRIVATE_KEY_PATH: the file can't be read/),
    ]);
  });
});

describe('production', () => {
  it('starts with secrets of its own', () => {
    expect(readConfiguration({ ...PRODUCTION, ...ALIPAY })).toMatchObject({
      production: true,
      sandbox: false,
    });
    expect(readConfiguration(PRODUCTION).sandbox).toBe(false);
  });

  it.each(['DATABASE_URL', 'JWT_SECRET', 'PUBLIC_URL'])('refuses to start without %s', (name) => {
    expect(faults({ ...PRODUCTION, [name]: '' })).toEqual([expect.stringMatching(`^${name} is missing`)]);
  });

  it('refuses a PUBLIC_URL that isn’t https, on the loopback too', () => {
    for (const PUBLIC_URL of ['http://pay.idoctor.cn', 'http://127.0.0.1:3000']) {
      expect(faults({ ...PRODUCTION, PUBLIC_URL })).toEqual(['PUBLIC_URL must be https in production']);
    }
  });

  it('limits registrations, orders and writes unless told otherwise; elsewhere nothing is limited', () => {
    expect(readConfiguration(PRODUCTION).limits).toEqual({
      registrationsPerHour: 60,
      ordersPerMinute: 30,
      writesPerMinute: 600,
    });
    const none = { REGISTRATIONS_PER_HOUR: '0', ORDERS_PER_MINUTE: '0', WRITES_PER_MINUTE: '0' };
    const limits = { registrationsPerHour: 0, ordersPerMinute: 0, writesPerMinute: 0 };
    expect(readConfiguration({ ...PRODUCTION, ...none }).limits).toEqual(limits);
    expect(readConfiguration({}).limits).toEqual(limits);
    expect(readConfiguration({ ORDERS_PER_MINUTE: '7' }).limits).toEqual({ ...limits, ordersPerMinute: 7 });
  });

  it('refuses the sandbox', () => {
    expect(faults({ ...PRODUCTION, PAYMENTS_SANDBOX: 'true' }).join()).toMatch(/^PAYMENTS_SANDBOX/);
  });

  it.each(['ChangeMe', 'SECRET', 'example', 'your-'])(
    'takes a secret with %j in it for a placeholder',
    (word) => {
      const value = `${word}${'x'.repeat(40)}`;
      expect(faults({ ...PRODUCTION, JWT_SECRET: value })).toEqual([
        expect.stringMatching(/^JWT_SECRET is a placeholder/),
      ]);
      const admin = { ADMIN_EMAIL: 'root@x.org', ADMIN_PASSWORD: value };
      expect(faults({ ...PRODUCTION, ...admin }).join()).toMatch(/^ADMIN_PASSWORD is a placeholder/);
      const key = { WECHATPAY_API_V3_KEY: value.slice(0, 32) };
      expect(faults({ ...PRODUCTION, ...WECHAT, ...key }).join()).toMatch(
        /^WECHATPAY_API_V3_KEY is a placeholder/,
      );
    },
  );

  it('wants gateways to speak https, loopback aside', () => {
    const alipay = (ALIPAY_GATEWAY: string) => faults({ ...PRODUCTION, ...ALIPAY, ALIPAY_GATEWAY });
    const wechat = (WECHATPAY_BASE_URL: string) => faults({ ...PRODUCTION, ...WECHAT, WECHATPAY_BASE_URL });
    expect(alipay('http://openapi.alipay.com/gateway.do')).toEqual([
      'ALIPAY_GATEWAY must be https in production',
    ]);
    expect(wechat('http://api.mch.weixin.qq.com')).toEqual([
      'WECHATPAY_BASE_URL must be https in production',
    ]);
    expect(alipay('http://127.0.0.1.evil.example/gateway.do')).toHaveLength(1);
    for (const host of ['127.0.0.1:8080', 'localhost', '[::1]:1']) {
      expect([...alipay(`http://${host}/`), ...wechat(`http://${host}/`)]).toEqual([]);
    }
  });
});
