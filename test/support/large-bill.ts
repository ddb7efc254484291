/**
 * A program of its own, so that its memory is nobody else's: serves a bill of a million lines, reads it through the
 * channel's provider, and prints what it counted and the most memory that it held, in MiB.
 *
 * Arguments: `alipay` or `wechat`, and the number of lines.
 */
import { AlipayProvider } from '../../src/providers/alipay/alipay.provider.js';
import type { PaymentProvider } from '../../src/providers/payment-provider.js';
import { WechatPayProvider } from '../../src/providers/wechat/wechat-pay.provider.js';
import { SystemClock } from '../../src/time/clock.js';
import { LARGE_BILL_DAY, serveLargeBill } from './large-bill-server.js';

const [channel = 'alipay', count = '1000000'] = process.argv.slice(2);
const bill = await serveLargeBill(channel as 'alipay' | 'wechat', Number(count));
let [lines, fen] = [0, 0];
const clock = new SystemClock();
const provider: PaymentProvider =
  channel === 'alipay' ? new AlipayProvider(bill.alipay, clock) : new WechatPayProvider(bill.wechat, clock);
for await (const line of provider.downloadBill!(LARGE_BILL_DAY)) {
  lines += 1;
  if (line.kind !== 'unreadable') fen += line.amountFen;
}
await bill.close();
const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(`${JSON.stringify({ lines, fen, peakMiB })}\n`);
