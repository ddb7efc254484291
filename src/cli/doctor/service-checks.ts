import { randomUUID } from 'node:crypto';
import { CliError } from '../cli-error.js';
import { ask } from '../service-client.js';
import { skewFinding } from './skew.js';
import { finding, type Finding } from './finding.js';

/** Well formed and wrongly signed: it is refused by its signature where its bytes arrive, and as malformed where not. */
const NOTICES: Record<string, { headers: Record<string, string>; body: string }> = {
  alipay: {
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({
      notify_id: 'commercial-doctor',
      notify_type: 'trade_status_sync',
      app_id: '0',
      out_trade_no: 'doctor',
      sign_type: 'RSA2',
      sign: Buffer.alloc(256).toString('base64'),
    }).toString(),
  },
  wechat: {
    headers: {
      'content-type': 'application/json',
      'wechatpay-nonce': 'commercial-doctor',
      'wechatpay-serial': 'commercial-doctor',
      'wechatpay-signature': Buffer.alloc(256).toString('base64'),
    },
    body: JSON.stringify({ id: randomUUID(), event_type: 'TRANSACTION.SUCCESS', resource: {} }),
  },
};

/** @param url where the package's routes answer, as customers and channels reach them */
export async function serviceFindings(url: string): Promise<Finding[]> {
  let plans;
  const asked = Date.now();
  try {
    plans = await ask(`${url}/plans`, 'GET');
  } catch (error) {
    if (error instanceof CliError) return [finding('service', 'failed', error.message)];
    throw error;
  }
  const date = Date.parse(plans.headers.get('date') ?? '');
  const isOurs = plans.status === 200;
  return [
    isOurs
      ? finding('service', 'ok', `${url} answers`)
      : finding(
          'service',
          'failed',
          `${url}/plans answered ${plans.status}: is the prefix of the routes missing?`,
        ),
    ...(Number.isNaN(date)
      ? []
      : [skewFinding('clock of the service', date + 500, (asked + Date.now()) / 2)]),
    ...(isOurs
      ? await Promise.all(Object.keys(NOTICES).map((channel) => callbackFinding(url, channel)))
      : []),
  ];
}

async function callbackFinding(url: string, channel: string): Promise<Finding> {
  const { headers, body } = NOTICES[channel]!;
  const check = `callback of ${channel}`;
  const address = `${url}/webhooks/${channel}`;
  const stamp: Record<string, string> =
    channel === 'wechat' ? { 'wechatpay-timestamp': String(Math.floor(Date.now() / 1000)) } : {};
  const { status } = await ask(address, 'POST', { headers: { ...headers, ...stamp }, body });
  if (status === 401) return finding(check, 'ok', `${address} answers, and sees the raw body`);
  if (status === 409) return finding(check, 'skipped', 'the channel is not configured');
  if (status === 400) {
    return finding(
      check,
      'failed',
      `${address} sees no raw body, so no signature can be verified: NestFactory.create(AppModule, { rawBody: true })`,
    );
  }
  return finding(check, 'failed', `${address} answered ${status}; notifications would be lost`);
}
