import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { newSecret, signatureHeaders } from '../../../src/events/webhooks/signature.js';
import { webhooks } from '../src/index.js';
import { sign, verify, type WebhookEvent } from '../src/webhooks.js';

const EVENT: WebhookEvent = {
  id: '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11',
  type: 'quota.threshold',
  sequence: 4711,
  timestamp: '2026-11-24T08:00:00.000Z',
  accountId: '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b12',
  subscriptionId: null,
  data: { quotaType: 'processing_count', percent: 80, used: 80, granted: 100 },
};
const BODY = JSON.stringify(EVENT);
const SECRET = newSecret();
const OTHER = newSecret();

const now = () => Math.floor(Date.now() / 1000);
const signed = (secrets = [SECRET], seconds = now(), body = BODY) =>
  signatureHeaders(secrets, EVENT.id, seconds, body);

describe('webhooks', () => {
  it('are taken as the service signs them, from every kind of headers and body', async () => {
    const headers = signed();
    const upper = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
    );
    expect(await verify(BODY, headers, SECRET)).toEqual(EVENT);
    expect(await verify(Buffer.from(BODY), new Headers(headers), SECRET)).toEqual(EVENT);
    expect(await verify(new TextEncoder().encode(BODY).buffer, upper, SECRET)).toEqual(EVENT);
    const event = await webhooks.verify(BODY, headers, SECRET);
    if (event.type !== 'quota.threshold') throw new Error('another type');
    expect(event.data.percent).toBe(80);
  });

  it('are taken under any of several secrets, and of several signatures', async () => {
    expect(await verify(BODY, signed([OTHER]), [SECRET, OTHER])).toEqual(EVENT);
    expect(await verify(BODY, signed([SECRET, OTHER]), OTHER)).toEqual(EVENT);
  });

  it('are signed as another library checks them', async () => {
    const { body, headers } = await sign(EVENT, [OTHER, SECRET]);
    expect(new Webhook(SECRET).verify(body, headers)).toEqual(EVENT);
    expect(await verify(body, headers, SECRET)).toEqual(EVENT);
  });

  const refused = (call: Promise<unknown>, reason: string) =>
    expect(call).rejects.toMatchObject({ name: 'WebhookVerificationError', reason });

  it('are refused where anything about them was changed', async () => {
    const headers = signed();
    await refused(verify(`${BODY} `, headers, SECRET), 'SIGNATURE_WRONG');
    await refused(verify(BODY, headers, OTHER), 'SIGNATURE_WRONG');
    await refused(verify(BODY, { ...headers, 'webhook-id': 'other' }, SECRET), 'SIGNATURE_WRONG');
    await refused(
      verify(BODY, { ...headers, 'webhook-timestamp': String(now() + 1) }, SECRET),
      'SIGNATURE_WRONG',
    );
    const sha1 = `v1a,${createHmac('sha1', 'x').update(BODY).digest('base64')}`;
    for (const signature of ['v1,', 'v1,%%%', 'nonsense', sha1, headers['webhook-signature']!.slice(3)]) {
      await refused(verify(BODY, { ...headers, 'webhook-signature': signature }, SECRET), 'SIGNATURE_WRONG');
    }
  });

  it('are refused where they are old, or from a clock that is ahead', async () => {
    await refused(verify(BODY, signed([SECRET], now() - 302), SECRET), 'TOO_OLD');
    await refused(verify(BODY, signed([SECRET], now() + 302), SECRET), 'TOO_NEW');
    const at = new Date((now() - 302) * 1000);
    expect(await verify(BODY, signed([SECRET], now() - 302), SECRET, { at })).toEqual(EVENT);
    expect(await verify(BODY, signed([SECRET], now() - 302), SECRET, { toleranceSeconds: 900 })).toEqual(
      EVENT,
    );
  });

  it('are refused without their headers, and without an event', async () => {
    await refused(verify(BODY, {}, SECRET), 'HEADERS_MISSING');
    await refused(verify(BODY, { ...signed(), 'webhook-timestamp': 'soon' }, SECRET), 'HEADERS_MISSING');
    for (const body of ['', '[]', 'null', '{"type":1}']) {
      await refused(verify(body, signed([SECRET], now(), body), SECRET), 'BODY_INVALID');
    }
  });

  it('are checked with no secret that is none: an empty one would take everything', async () => {
    for (const secret of ['', 'whsec_', 'whsec_%', 'abc', [], ['whsec_', SECRET]]) {
      await expect(verify(BODY, signed(), secret)).rejects.toThrow(TypeError);
    }
    await expect(verify({ parsed: true } as never, signed(), SECRET)).rejects.toThrow('raw body');
  });
});
