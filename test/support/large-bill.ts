/**
 * A program of its own, so that its memory is nobody else's: serves a bill of a million lines, reads it through the
 * channel's provider, and prints what it counted and the most memory that it held, in MiB.
 *
 * Arguments: `alipay` or `wechat`, and the number of lines.
 */
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
import { AlipayProvider } from '../../src/providers/alipay/alipay.provider.js';
import type { PaymentProvider } from '../../src/providers/payment-provider.js';
import { WechatPayProvider } from '../../src/providers/wechat/wechat-pay.provider.js';
import { SystemClock } from '../../src/time/clock.js';
import { alipayAnswer } from './alipay-stub.js';
import { rsaPair } from './rsa-pair.js';
import { wechatAnswer } from './wechat-stub.js';

const [channel = 'alipay', count = '1000000'] = process.argv.slice(2);
const [merchant, gateway] = [rsaPair(), rsaPair()];
const signer = { serial: 'PUB_KEY_ID_1', privateKey: gateway.privateKey };
const folder = mkdtempSync(join(tmpdir(), 'large-bill-'));
const file = join(folder, 'served');

const ALIPAY_HEADING =
  '支付宝交易号,商户订单号,业务类型,商品名称,完成时间,订单金额（元）,退款批次号/请求号\r\n';
const WECHAT_HEADING =
  '交易时间,微信订单号,商户订单号,交易状态,商户退款单号,退款状态,商品名称,订单金额,申请退款金额\r\n';

function* csv(): Generator<string> {
  yield channel === 'alipay' ? `#列表\r\n${ALIPAY_HEADING}` : `\uFEFF${WECHAT_HEADING}`;
  for (let at = 0; at < Number(count); at += 1000) {
    yield Array.from({ length: 1000 }, (_, i) => row(String(at + i).padStart(28, '0'))).join('');
  }
  yield channel === 'alipay' ? '#业务明细列表结束\r\n' : `总交易单数\r\n\`${count}\r\n`;
}

function row(no: string): string {
  return channel === 'alipay'
    ? `${no}\t,T${no}\t,交易\t,专业版一个月\t,2026-03-01 08:00:00\t,99.00\t,\t\r\n`
    : `\`2026-03-01 08:00:00,\`${no},\`T${no},\`SUCCESS,\`0,\`,\`专业版一个月,\`99.00,\`0.00\r\n`;
}

async function writeBill(): Promise<void> {
  if (channel === 'wechat') return pipeline(Readable.from(csv()), createWriteStream(file));
  const zip = new ZipFile();
  zip.addReadStream(Readable.from(csv()).pipe(iconv.encodeStream('gbk')), '业务明细.csv', {
    compressionLevel: 1,
  });
  zip.end();
  return pipeline(zip.outputStream, createWriteStream(file));
}

await writeBill();
const hash = createHash('sha1');
for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
const sha1 = hash.digest('hex');

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

function provider(): PaymentProvider {
  const clock = new SystemClock();
  if (channel === 'alipay') {
    const keys = { privateKey: merchant.privateKey, alipayPublicKey: gateway.publicKey };
    return new AlipayProvider({ appId: '1', sellerId: '2', ...keys, gateway: `${origin}/gateway.do` }, clock);
  }
  return new WechatPayProvider(
    {
      appId: 'wx1',
      mchId: '16',
      merchantSerial: 'AB',
      privateKey: merchant.privateKey,
      apiV3Key: '0'.repeat(32),
      publicKey: { id: signer.serial, pem: gateway.publicKey },
      baseUrl: origin,
    },
    clock,
  );
}

let [lines, fen] = [0, 0];
for await (const line of provider().downloadBill!('2026-03-01')) {
  lines += 1;
  fen += line.amountFen;
}
server.closeAllConnections();
server.close();
rmSync(folder, { recursive: true });
const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${JSON.stringify({ lines, fen, peakMiB })}\n`);
