import { ChannelKeyFaults } from '../../../src/billing/settlement/channels/channel-key-faults.js';
import { createSandboxCredentials } from '../../../src/sandbox/options/sandbox-credentials.js';
import { order, payAtCashier, register, startApp, type CommercialApp } from '../../support/app.js';
import { parseMetrics, total } from '../../support/prometheus.js';
import { sandboxKeys } from '../../support/sandbox-keys.js';

const stranger = createSandboxCredentials().merchant;

async function faults(app: CommercialApp, provider: string): Promise<number> {
  const { body } = await app.call('GET', '/metrics');
  return total(parseMetrics(body), 'commercial_channel_key_faults_total', { provider });
}

describe('a well-formed but wrong key of a channel', () => {
  let app: CommercialApp | undefined;
  afterEach(() => app?.close());

  it('keeps a new process from becoming ready, is counted, and leaves the paid order for later', async () => {
    app = await startApp({ alipay: { alipayPublicKey: stranger.alipay.alipayPublicKey! } });
    const person = await register(app, 'keyed');
    const { orderId } = await order(person, 'alipay');
    expect((await payAtCashier(app, orderId)).status).toBe(204);
    const before = await faults(app, 'alipay');
    expect((await person.call('GET', `/payments/${orderId}`)).body.status).toBe('pending');
    expect(await faults(app, 'alipay')).toBe(before + 1);
    expect((await app.call('GET', '/health/ready')).status).toBe(503);
    expect((await app.call('GET', '/health/live')).status).toBe(200);
  });

  it('of WeChat Pay is told from a right one', async () => {
    app = await startApp();
    const ready = await app.call('GET', '/health/ready');
    expect(ready).toMatchObject({
      status: 200,
      body: { status: 'ok', channelKeys: { alipay: 'right', wechat: 'right' } },
    });
    const { WechatPayProvider } = await import('../../../src/providers/wechat/wechat-pay.provider.js');
    const baseUrl = `${app.url}/sandbox/wechat`;
    const options = { ...sandboxKeys.merchant.wechat, baseUrl };
    const { id } = options.publicKey!;
    const { clock } = app;
    const check = (over: object) => new WechatPayProvider({ ...options, ...over }, clock).checkKeys();
    expect(await check({})).toEqual({ outcome: 'right' });
    expect(await check({ publicKey: { id, pem: stranger.wechat.publicKey!.pem } })).toMatchObject({
      outcome: 'wrong',
      reason: expect.stringMatching(new RegExp(`${id}.*微信支付公钥`)),
    });
    expect(await check({ privateKey: stranger.wechat.privateKey })).toMatchObject({ outcome: 'wrong' });
    expect(await check({ baseUrl: 'http://127.0.0.1:9' })).toMatchObject({ outcome: 'unknown' });
  });
});

it('is warned of once a minute, whatever strangers send', () => {
  const lines: string[] = [];
  const keys = new ChannelKeyFaults();
  Object.assign(keys, { logger: { warn: (line: string) => lines.push(line) } });
  for (let times = 0; times < 50; times += 1) keys.unverified('wechat', 'no key of serial AB');
  keys.found('wechat', 'answer', 'serial AB');
  expect(lines).toEqual([
    "wechat: a notification can't be verified: no key of serial AB",
    'wechat: a key is wrong. The answer shows it: serial AB',
  ]);
});
