import { AlipayProvider } from '../../src/providers/alipay/alipay.provider.js';
import type { PaymentOrder } from '../../src/providers/payment-order.js';
import {
  MerchantEndpoint,
  newOrderId,
  startSandbox,
  type RunningSandbox,
} from '../support/sandbox-harness.js';

describe('an agreement at Alipay', () => {
  let sandbox: RunningSandbox;
  let inbox: MerchantEndpoint;
  let provider: AlipayProvider;

  beforeAll(async () => {
    sandbox = await startSandbox();
    provider = providerWith({});
  });
  beforeEach(async () => {
    inbox = await MerchantEndpoint.start({ status: 200, body: 'success' });
  });
  afterEach(() => inbox.close());
  afterAll(() => sandbox.close());

  const providerWith = (over: Partial<ConstructorParameters<typeof AlipayProvider>[0]>) => {
    const gateway = `${sandbox.url}/sandbox/alipay/gateway.do`;
    const options = { ...sandbox.keys.merchant.alipay, gateway, agreements: {}, ...over };
    return new AlipayProvider(options, sandbox.clock);
  };
  const agreements = () => provider.agreements!;
  const buyer = (agreementId: string, does: string) =>
    fetch(`${sandbox.url}/sandbox/agreements/${agreementId}/${does}`, { method: 'POST' });
  const order = (): PaymentOrder => ({
    orderId: newOrderId(),
    amountFen: 9900,
    currency: 'CNY',
    subject: '专业版 续费',
    expiresAt: new Date(sandbox.clock.now().getTime() + 1_800_000),
    notifyUrl: inbox.url,
    returnUrl: null,
    method: null,
    payer: { ip: null, openId: null },
  });
  const opened = async (): Promise<string> => {
    const agreementId = newOrderId();
    const request = { agreementId, account: 'buyer@example.com', notifyUrl: inbox.url, returnUrl: null };
    const made = await agreements().sign(request);
    if (made.outcome !== 'created') throw new Error('no link');
    const page = await fetch(made.signUrl, { redirect: 'manual' });
    expect(page.status).toBe(302);
    expect(page.headers.get('location')).toBe(`${sandbox.url}/sandbox/agreements/${agreementId}`);
    return agreementId;
  };
  const signed = async (): Promise<{ agreementId: string; agreementNo: string }> => {
    const agreementId = await opened();
    expect((await buyer(agreementId, 'sign')).status).toBe(204);
    const seen = await agreements().query(agreementId);
    if (seen.outcome !== 'active') throw new Error(`it is ${seen.outcome}`);
    await inbox.next();
    return { agreementId, agreementNo: seen.agreementNo };
  };

  it('is there only where it is switched on', () => {
    const { agreements, ...without } = {
      agreements: {},
      ...sandbox.keys.merchant.alipay,
      gateway: sandbox.url,
    };
    expect(new AlipayProvider({ ...without, agreements }, sandbox.clock).agreements).toBeDefined();
    expect(new AlipayProvider(without, sandbox.clock).agreements).toBeUndefined();
  });

  it('is pending until its buyer signs, then in force, and its notification says so', async () => {
    expect(await agreements().query(newOrderId())).toEqual({ outcome: 'pending' });
    const agreementId = await opened();
    expect(await agreements().query(agreementId)).toEqual({ outcome: 'pending' });
    await buyer(agreementId, 'sign');
    const active = {
      outcome: 'active',
      agreementNo: expect.stringMatching(/^\d{20}$/),
      signedAt: expect.any(Date),
    };
    expect(await agreements().query(agreementId)).toEqual(active);
    const { headers, body } = await inbox.next();
    const told = await agreements().readNotification({ headers, body: Buffer.from(body) });
    expect(told).toEqual({ notificationId: expect.any(String), agreementId, observation: active });
  });

  it('charges an order without its buyer, once however often it is asked', async () => {
    const { agreementNo } = await signed();
    const renewal = order();
    const paid = {
      outcome: 'paid',
      trade: expect.objectContaining({ orderId: renewal.orderId, amountFen: 9900, currency: 'CNY' }),
    };
    const first = await agreements().charge(renewal, agreementNo);
    expect(first).toEqual(paid);
    expect(await agreements().charge(renewal, agreementNo)).toEqual(first);
    expect(await provider.queryPayment(renewal.orderId)).toMatchObject({ outcome: 'paid' });
    const { headers, body } = await inbox.next();
    const notification = await provider.readNotification({ headers, body: Buffer.from(body) });
    expect(notification).toMatchObject({ outcome: 'payment', orderId: renewal.orderId, observation: paid });
  });

  it.each(['buyer', 'merchant'])('ended by its %s can’t be charged any more', async (who) => {
    const { agreementId, agreementNo } = await signed();
    if (who === 'buyer') await buyer(agreementId, 'end');
    else expect(await agreements().cancel(agreementId)).toEqual({ outcome: 'ended' });
    expect(await agreements().query(agreementId)).toEqual({ outcome: 'ended' });
    expect(await agreements().cancel(agreementId)).toEqual({ outcome: 'ended' });
    const { headers, body } = await inbox.next();
    const told = await agreements().readNotification({ headers, body: Buffer.from(body) });
    expect(told).toMatchObject({ agreementId, observation: { outcome: 'ended' } });
    const late = order();
    expect(await agreements().charge(late, agreementNo)).toMatchObject({
      outcome: 'refused',
      code: 'ACQ.AGREEMENT_NOT_EXIST',
    });
    expect(await provider.queryPayment(late.orderId)).toEqual({ outcome: 'pending' });
  });

  it('whose charge loses its answer is unknown, and found by a query', async () => {
    const { agreementNo } = await signed();
    const renewal = order();
    await fetch(`${sandbox.url}/sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'unsigned', channel: 'alipay', times: 1 }),
    });
    expect(await agreements().charge(renewal, agreementNo)).toMatchObject({ outcome: 'unknown' });
    expect(await provider.queryPayment(renewal.orderId)).toMatchObject({ outcome: 'paid' });
  });

  it('is not believed from a notification that was changed, is another app’s, or tells of a payment', async () => {
    const agreementId = await opened();
    await buyer(agreementId, 'sign');
    const { headers, body } = await inbox.next();
    const read = (by: AlipayProvider, text: string) =>
      by.agreements!.readNotification({ headers, body: Buffer.from(text) });
    expect(await read(provider, body)).toMatchObject({ agreementId });
    expect(await read(provider, body.replace(agreementId, newOrderId()))).toBeNull();
    expect(await read(providerWith({ appId: '2021000000000001' }), body)).toBeNull();
    expect(await provider.readNotification({ headers, body: Buffer.from(body) })).toMatchObject({
      outcome: 'refused',
    });
  });
});
