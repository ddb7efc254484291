import { AlipayProvider } from '../../src/providers/alipay/alipay.provider.js';
import type { PaymentProvider } from '../../src/providers/payment-provider.js';
import type { PaymentOrder } from '../../src/providers/payment-order.js';
import { WechatPayProvider } from '../../src/providers/wechat/wechat-pay.provider.js';
import type { WechatPayOptions } from '../../src/providers/wechat/wechat-pay.options.js';
import {
  issueAlipayCertificates,
  issueWechatCertificate,
  type WechatPlatformCertificate,
} from '../../src/sandbox/options/issue-certificates.js';
import { createSandboxCredentials } from '../../src/sandbox/options/sandbox-credentials.js';
import { readConfiguration } from '../../src/config/configuration.js';
import {
  MerchantEndpoint,
  newOrderId,
  payAsBuyer,
  startSandbox,
  stopEverything,
  type RunningSandbox,
} from '../support/sandbox-harness.js';

const keys = createSandboxCredentials();

let sandbox: RunningSandbox;
let inbox: MerchantEndpoint;

afterEach(stopEverything);

async function ordered(provider: PaymentProvider): Promise<PaymentOrder> {
  const order: PaymentOrder = {
    orderId: newOrderId(),
    amountFen: 1999,
    currency: 'CNY',
    subject: '专业版',
    expiresAt: new Date(sandbox.clock.now().getTime() + 1_800_000),
    notifyUrl: inbox.url,
    returnUrl: null,
    method: provider.name === 'alipay' ? 'qr' : null,
    payer: { ip: null, openId: null },
  };
  expect(await provider.createPayment(order)).toMatchObject({ outcome: 'created' });
  return order;
}

async function notified(provider: PaymentProvider) {
  const { headers, body } = await inbox.next();
  return provider.readNotification({ headers, body: Buffer.from(body) });
}

describe('WeChat Pay in certificate mode', () => {
  let inUse: WechatPlatformCertificate[];
  let downloads: number;

  beforeEach(async () => {
    inUse = [issueWechatCertificate()];
    downloads = 0;
    sandbox = await startSandbox({ keys, wechatCertificates: () => inUse });
    inbox = await MerchantEndpoint.start({ status: 204 });
    const { fetch: realFetch } = globalThis;
    globalThis.fetch = (input, init) => {
      if (String(input).endsWith('/v3/certificates')) downloads += 1;
      return realFetch(input, init);
    };
    restoreFetch = () => (globalThis.fetch = realFetch);
  });
  let restoreFetch: () => void;
  afterEach(() => restoreFetch());

  function provider(over: Partial<WechatPayOptions> = {}): WechatPayProvider {
    const { publicKey: _, ...merchant } = keys.merchant.wechat;
    const baseUrl = `${sandbox.url}/sandbox/wechat`;
    const platformCertificate = inUse[0]!.certificate;
    return new WechatPayProvider({ ...merchant, platformCertificate, baseUrl, ...over }, sandbox.clock);
  }

  it('verifies answers and notifications by the certificate that it was given', async () => {
    const merchant = provider();
    const { orderId } = await ordered(merchant);
    await payAsBuyer(sandbox, orderId);
    expect(await notified(merchant)).toMatchObject({ outcome: 'payment', observation: { outcome: 'paid' } });
    expect(downloads).toBe(0);
  });

  it('fetches the certificate that it does not know, and the answer counts', async () => {
    const merchant = provider();
    inUse = [issueWechatCertificate(), ...inUse];
    const { orderId } = await ordered(merchant);
    expect(await merchant.queryPayment(orderId)).toEqual({ outcome: 'pending' });
    expect(downloads).toBe(1);
  });

  it('fetches the certificate that a notification names, and still takes the older one', async () => {
    const merchant = provider();
    const older = await ordered(merchant);
    await payAsBuyer(sandbox, older.orderId);
    const late = await inbox.next();
    inUse = [issueWechatCertificate(), ...inUse];
    const newer = await ordered(provider());
    await payAsBuyer(sandbox, newer.orderId);
    expect(await notified(merchant)).toMatchObject({ outcome: 'payment', orderId: newer.orderId });
    expect(downloads).toBe(1);
    expect(
      await merchant.readNotification({ headers: late.headers, body: Buffer.from(late.body) }),
    ).toMatchObject({ outcome: 'payment', orderId: older.orderId });
  });

  it('lets no stranger make it call the channel again and again', async () => {
    const merchant = provider();
    const strange = (serial: string) => ({
      headers: {
        'wechatpay-timestamp': String(Math.floor(sandbox.clock.now().getTime() / 1000)),
        'wechatpay-nonce': 'n',
        'wechatpay-serial': serial,
        'wechatpay-signature': 'c2lnbmF0dXJl',
      },
      body: Buffer.from('{}'),
    });
    const refused = { outcome: 'refused', reason: 'bad_signature' };
    for (const serial of [
      'PUB_KEY_ID_9',
      'not hex',
      'ABCDEF0123456789',
      'ABCDEF0123456780',
      'ABCDEF0123456781',
    ]) {
      expect(await merchant.readNotification(strange(serial))).toMatchObject(refused);
    }
    expect(downloads).toBe(1);
    sandbox.clock.forward(5 * 60_000);
    await merchant.readNotification(strange('ABCDEF0123456782'));
    expect(downloads).toBe(2);
  });

  it('looks for new certificates twice a day, whether or not it met one', async () => {
    const merchant = provider();
    const { orderId } = await ordered(merchant);
    const [old] = inUse;
    inUse = [issueWechatCertificate()];
    sandbox.clock.forward(12 * 3_600_000);
    const unknownYet = { headers: { 'wechatpay-serial': old!.serial }, body: Buffer.alloc(0) };
    await merchant.readNotification(unknownYet);
    expect(downloads).toBe(1);
    await merchant.queryPayment(orderId);
    await merchant.queryPayment(orderId);
    expect(downloads).toBe(1);
  });

  it('trusts no certificate that did not come under its APIv3 key', async () => {
    const { orderId } = await ordered(provider());
    const merchant = provider({ apiV3Key: 'f'.repeat(32) });
    inUse = [issueWechatCertificate(), ...inUse];
    expect(await merchant.queryPayment(orderId)).toMatchObject({ outcome: 'unknown' });
    expect(downloads).toBe(1);
  });

  it('holds the public key beside the certificate while the channel changes over', async () => {
    const merchant = provider({ publicKey: keys.merchant.wechat.publicKey });
    const byCertificate = await ordered(merchant);
    await payAsBuyer(sandbox, byCertificate.orderId);
    expect(await notified(merchant)).toMatchObject({ outcome: 'payment', orderId: byCertificate.orderId });
    inUse = [];
    const byPublicKey = await ordered(merchant);
    await payAsBuyer(sandbox, byPublicKey.orderId);
    expect(await notified(merchant)).toMatchObject({ outcome: 'payment', orderId: byPublicKey.orderId });
  });
});

describe('Alipay in certificate mode', () => {
  const alipayCertificates = issueAlipayCertificates(keys);

  beforeEach(async () => {
    sandbox = await startSandbox({ keys, alipayCertificates });
    inbox = await MerchantEndpoint.start({ status: 200, body: 'success' });
  });

  function provider(certificates = alipayCertificates): AlipayProvider {
    const { alipayPublicKey: _, ...merchant } = keys.merchant.alipay;
    const gateway = `${sandbox.url}/sandbox/alipay/gateway.do`;
    return new AlipayProvider({ ...merchant, certificates, gateway }, sandbox.clock);
  }

  it('names its certificates to the gateway, and verifies what the gateway signs', async () => {
    const merchant = provider();
    const { orderId } = await ordered(merchant);
    await payAsBuyer(sandbox, orderId);
    expect(await notified(merchant)).toMatchObject({ outcome: 'payment', observation: { outcome: 'paid' } });
    expect(await merchant.queryPayment(orderId)).toMatchObject({ outcome: 'paid' });
  });

  it('learns nothing with certificates of another application', async () => {
    const others = { ...alipayCertificates, root: issueAlipayCertificates(keys).root };
    expect(await provider(others).queryPayment(newOrderId())).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringContaining('isv.invalid-alipay-root-cert-sn'),
    });
    const stranger = issueAlipayCertificates(createSandboxCredentials());
    const theirs = provider({ ...alipayCertificates, alipay: stranger.alipay });
    expect(await theirs.queryPayment(newOrderId())).toMatchObject({ outcome: 'unknown' });
    expect(() => provider({ ...alipayCertificates, app: stranger.app })).toThrow(
      "not over the merchant's private key",
    );
    expect(() => provider({ ...alipayCertificates, alipay: alipayCertificates.app })).toThrow(
      "the merchant's own",
    );
  });

  it('is set up by the environment, in whole', () => {
    const { appId, sellerId, privateKey } = keys.merchant.alipay;
    const half = {
      ALIPAY_APP_ID: appId,
      ALIPAY_SELLER_ID: sellerId,
      ALIPAY_PRIVATE_KEY: privateKey,
      ALIPAY_APP_CERT: alipayCertificates.app,
      ALIPAY_ROOT_CERT: alipayCertificates.root.replaceAll('\n', '\\n'),
    };
    expect(() => readConfiguration(half)).toThrow('missing: ALIPAY_PUBLIC_CERT');
    const { alipay } = readConfiguration({ ...half, ALIPAY_PUBLIC_CERT: alipayCertificates.alipay });
    expect(alipay).toMatchObject({ certificates: alipayCertificates });
    expect(alipay).not.toHaveProperty('alipayPublicKey');
  });
});
