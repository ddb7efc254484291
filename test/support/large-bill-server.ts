import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import iconv from 'iconv-lite';
import { ZipFile } from 'yazl';
import type { AlipayOptions } from '../../src/providers/alipay/alipay.options.js';
import type { WechatPayOptions } from '../../src/providers/wechat/wechat-pay.options.js';
import { alipayAnswer } from './alipay-stub.js';
import { rsaPair } from './rsa-pair.js';
import { wechatAnswer } from './wechat-stub.js';

/** A bill of so many lines, served as its channel would, and what its merchant configures. */
export interface LargeBill {
  alipay: AlipayOptions & { alipayPublicKey: string };
  wechat: WechatPayOptions;
  close(): Promise<void>;
}

/** Each order paid 99.00 on {@link LARGE_BILL_DAY}; {@link LARGE_BILL_ORDER_SQL} numbers them from 0. */
export async function serveLargeBill(channel: 'alipay' | 'wechat', count: number): Promise<LargeBill> {
  const [merchant, gateway] = [rsaPair(), rsaPair()];
  const signer = { serial: 'PUB_KEY_ID_1', privateKey: gateway.privateKey };
  const folder = mkdtempSync(join(tmpdir(), 'large-bill-'));
  const file = join(folder, 'served');
  await writeBill(file, channel, count);
  const sha1 = await sha1Of(file);
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/file')) return createReadStream(file).pipe(response);
    const url = `http://${request.headers.host}/file`;
    if (channel === 'alipay') {
      const content = { code: '10000', msg: 'Success', bill_download_url: url };
      const key = 'alipay_data_dataservice_bill_downloadurl_query_response';
      return response.end(alipayAnswer(key, content, gateway.privateKey));
    }
    const answer = wechatAnswer({ hash_type: 'SHA1', hash_value: sha1, download_url: url }, signer);
    return response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const merchantKeys = { privateKey: merchant.privateKey };
  return {
    alipay: {
      ...merchantKeys,
      appId: '1',
      sellerId: '2',
      alipayPublicKey: gateway.publicKey,
      gateway: `${origin}/gateway.do`,
    },
    wechat: {
      ...merchantKeys,
      appId: 'wx1',
      mchId: '16',
      merchantSerial: 'AB',
      apiV3Key: '0'.repeat(32),
      publicKey: { id: signer.serial, pem: gateway.publicKey },
      baseUrl: origin,
    },
    async close() {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const LARGE_BILL_DAY = '2026-03-01';

/** The n-th order's number in SQL, for a database that is to know the same orders. */
export const LARGE_BILL_ORDER_SQL = `'T' || lpad(n::text, 28, '0')`;

const ALIPAY_HEADING =
  '支付宝交易号,商户订单号,业务类型,商品名称,完成时间,订单金额（元）,退款批次号/请求号\r\n';
const WECHAT_HEADING =
  '交易时间,微信订单号,商户订单号,交易状态,商户退款单号,退款状态,商品名称,订单金额,申请退款金额\r\n';

function* csv(channel: string, count: number): Generator<string> {
  yield channel === 'alipay' ? `#列表\r\n${ALIPAY_HEADING}` : `\uFEFF${WECHAT_HEADING}`;
  for (let at = 0; at < count; at += 1000) {
    yield Array.from({ length: 1000 }, (_, i) => row(channel, String(at + i).padStart(28, '0'))).join('');
  }
  yield channel === 'alipay' ? '#业务明细列表结束\r\n' : `总交易单数\r\n\`${count}\r\n`;
}

function row(channel: string, no: string): string {
  return channel === 'alipay'
    ? `${no}\t,T${no}\t,交易\t,专业版一个月\t,2026-03-01 08:00:00\t,99.00\t,\t\r\n`
    : `\`2026-03-01 08:00:00,\`${no},\`T${no},\`SUCCESS,\`0,\`,\`专业版一个月,\`99.00,\`0.00\r\n`;
}

async function writeBill(file: string, channel: string, count: number): Promise<void> {
  if (channel === 'wechat') return pipeline(Readable.from(csv(channel, count)), createWriteStream(file));
  const zip = new ZipFile();
  zip.addReadStream(Readable.from(csv(channel, count)).pipe(iconv.encodeStream('gbk')), '业务明细.csv', {
    compressionLevel: 1,
  });
  zip.end();
  return pipeline(zip.outputStream, createWriteStream(file));
}

async function sha1Of(file: string): Promise<string> {
  const hash = createHash('sha1');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
