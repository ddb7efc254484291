import assert from 'node:assert/strict';
import type { RawNotification } from '../../providers/raw-notification.js';
import type { ContractCase, ProviderWorld } from './provider-world.js';

/** What a provider promises of notifications: only what the channel signed says anything. */
export const notificationCases: readonly ContractCase[] = [
  {
    name: 'reads one notification the same way each time it comes',
    async run(world) {
      const raw = await paymentNotice(world);
      const [first, second] = [
        await world.provider.readNotification(raw),
        await world.provider.readNotification(raw),
      ];
      assert.equal(first.outcome, 'payment', 'the notification');
      assert.deepEqual(second, first, 'the second time');
    },
  },
  {
    name: 'refuses a notification with any byte changed',
    async run(world) {
      const { headers, body } = await paymentNotice(world);
      const step = Math.max(1, Math.floor(body.length / 40));
      const padding = signaturePadding(body);
      for (let at = 0; at < body.length; at += step) {
        if (at >= padding.start && at < padding.end) continue;
        const changed = Buffer.from(body);
        // A digit or letter for another keeps the form, so that the signature alone can tell.
        changed[at] = changed[at] === 0x31 ? 0x32 : 0x31;
        const result = await world.provider.readNotification({ headers, body: changed });
        assert.equal(result.outcome, 'refused', `byte ${at} changed`);
      }
    },
  },
  {
    name: 'refuses what strangers send, and never throws',
    async run({ provider }) {
      const bodies = [
        '',
        '{}',
        'null',
        '[]',
        'a=1&a=2',
        '%',
        '{"id":1}',
        '\0',
        '<xml/>',
        'x'.repeat(100_000),
      ];
      const raw = [...bodies.map((body) => Buffer.from(body)), Buffer.from([0xff, 0xfe, 0x00, 0xc3])];
      for (const body of raw) {
        for (const headers of [{}, { 'content-type': ['a', 'b'] }] as RawNotification['headers'][]) {
          const result = await provider.readNotification({ headers, body });
          assert.equal(result.outcome, 'refused', `${body.length} bytes of a stranger`);
        }
      }
    },
  },
  {
    name: 'answers a notification so that the channel stops, or comes again',
    async run({ provider }) {
      const { acknowledgement } = provider;
      assert(acknowledgement.status >= 200 && acknowledgement.status < 300, 'an acknowledgement is 2xx');
      const refusal = provider.refusal(400, 'no');
      assert.equal(refusal.status, 400, "a refusal's status");
      assert.notEqual(
        refusal.body,
        acknowledgement.body === '' ? 'success' : acknowledgement.body,
        'its body',
      );
    },
  },
];

async function paymentNotice({
  provider,
  newOrder,
  pay,
  nextNotification,
}: ProviderWorld): Promise<RawNotification> {
  const order = newOrder();
  await provider.createPayment(order);
  await pay(order);
  return nextNotification();
}

/**
 * The end of a signature that stands in the body, as in Alipay's form: Base64 leaves bits of its last group unused
 * (RFC 4648, 3.5), so another character there can mean the very same signature.
 */
function signaturePadding(body: Buffer): { start: number; end: number } {
  const match = /(?:^|&)sign=[^&]*/.exec(body.toString('latin1'));
  if (!match) return { start: 0, end: 0 };
  const end = match.index + match[0].length;
  return { start: end - '4567%3D%3D'.length, end };
}
