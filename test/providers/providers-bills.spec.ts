import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import iconv from 'iconv-lite';
import { ZipFile } from 'yazl';
import { AlipayProvider } from '../../src/providers/alipay/alipay.provider.js';
import { BillUnavailableError } from '../../src/providers/bill-unavailable.error.js';
import type { BillLine, PaymentProvider, UnreadableRow } from '../../src/providers/payment-provider.js';
import type { PaymentOrder } from '../../src/providers/payment-order.js';
import { WechatPayProvider } from '../../src/providers/wechat/wechat-pay.provider.js';
import {
  newOrderId,
  payAsBuyer,
  startSandbox,
  stopEverything,
  type RunningSandbox,
} from '../support/sandbox-harness.js';
import { alipayAnswer } from '../support/alipay-stub.js';
import { stubServer, type StubServer } from '../support/stub-server.js';
import { wechatAnswer } from '../support/wechat-stub.js';

const DAY = '2026-03-01';

let sandbox: RunningSandbox;

beforeEach(async () => {
  sandbox = await startSandbox();
  sandbox.clock.to(`${DAY}T12:00:00+08:00`);
});

afterEach(stopEverything);

function alipay(gateway = `${sandbox.url}/sandbox/alipay/gateway.do`): AlipayProvider {
  return new AlipayProvider({ ...sandbox.keys.merchant.alipay, gateway }, sandbox.clock);
}

function wechat(baseUrl = `${sandbox.url}/sandbox/wechat`): WechatPayProvider {
  return new WechatPayProvider({ ...sandbox.keys.merchant.wechat, baseUrl }, sandbox.clock);
}

async function rowsOf(provider: PaymentProvider, date = DAY): Promise<(BillLine | UnreadableRow)[]> {
  const rows: (BillLine | UnreadableRow)[] = [];
  for await (const row of provider.downloadBill!(date)) rows.push(row);
  return rows;
}

async function linesOf(provider: PaymentProvider, date = DAY): Promise<BillLine[]> {
  const rows = await rowsOf(provider, date);
  expect(rows.filter(({ kind }) => kind === 'unreadable')).toEqual([]);
  return rows as BillLine[];
}

async function paid(provider: PaymentProvider, amountFen: number): Promise<PaymentOrder> {
  const order: PaymentOrder = {
    orderId: newOrderId(),
    amountFen,
    currency: 'CNY',
    subject: '专业版, "一个月"',
    expiresAt: new Date(sandbox.clock.now().getTime() + 1_800_000),
    notifyUrl: 'http://127.0.0.1:9/lost',
    returnUrl: null,
    method: provider.name === 'alipay' ? 'qr' : null,
    payer: { ip: null, openId: null },
  };
  await provider.createPayment(order);
  expect((await payAsBuyer(sandbox, order.orderId)).status).toBe(204);
  return order;
}

function refundOf(
  { orderId, amountFen: orderAmountFen, currency, notifyUrl }: PaymentOrder,
  refundNo: string,
) {
  return { orderId, refundNo, amountFen: 500, orderAmountFen, currency, reason: null, notifyUrl };
}

describe.each([
  ['alipay', () => alipay()],
  ['wechat', () => wechat()],
])("%s's bill", (name, make) => {
  it("tells of a day's payments and refunds, and of no other day's", async () => {
    const provider = make();
    const unpaid = newOrderId();
    const first = await paid(provider, 1999);
    const second = await paid(provider, 29900);
    await provider.refund(refundOf(second, 'R-1'));
    sandbox.clock.to('2026-03-02T00:30:00+08:00');
    const later = await paid(provider, 100);
    sandbox.clock.to('2026-03-02T10:00:00+08:00');

    const facts = { tradeNo: expect.stringMatching(/^\d{28}$/), at: expect.any(Date) };
    const lines = await linesOf(provider);
    expect(lines).toHaveLength(3);
    expect(lines).toEqual(
      expect.arrayContaining([
        { kind: 'payment', orderId: first.orderId, refundNo: null, amountFen: 1999, ...facts },
        { kind: 'payment', orderId: second.orderId, refundNo: null, amountFen: 29900, ...facts },
        { kind: 'refund', orderId: second.orderId, refundNo: 'R-1', amountFen: 500, ...facts },
      ]),
    );
    expect(lines.map(({ orderId }) => orderId)).not.toContain(unpaid);
    const { trade } = (await provider.queryPayment(first.orderId)) as {
      trade: { tradeNo: string; paidAt: Date };
    };
    const line = lines.find(({ orderId }) => orderId === first.orderId);
    expect(line).toMatchObject({ tradeNo: trade.tradeNo, at: trade.paidAt });

    sandbox.clock.to('2026-03-03T10:00:00+08:00');
    expect(await linesOf(provider, '2026-03-02')).toMatchObject([{ orderId: later.orderId }]);
  });

  it('lies at the gateway that was asked, also where buyers see another address', async () => {
    await sandbox.close();
    sandbox = await startSandbox({ publicUrl: () => 'https://shop.example/base' });
    sandbox.clock.to(`${DAY}T12:00:00+08:00`);
    const provider = make();
    const { orderId } = await paid(provider, 1999);
    sandbox.clock.to('2026-03-02T10:00:00+08:00');
    expect(await linesOf(provider)).toMatchObject([{ orderId }]);
  });

  it('is not there before 10:00 of the next day, nor for a day without payments', async () => {
    const provider = make();
    await paid(provider, 1999);
    sandbox.clock.to('2026-03-02T09:59:59+08:00');
    await expect(linesOf(provider)).rejects.toThrow(BillUnavailableError);
    // Alipay has one code for a late bill and for none; WeChat Pay has two.
    const absence = provider.name === 'alipay' ? 'not_yet_or_none' : 'none';
    await expect(linesOf(provider, '2026-02-28')).rejects.toMatchObject({ absence });
    expect(() => provider.downloadBill!('1 March')).toThrow(RangeError);
  });

  // A program holds some 140 MiB before it; `npm run bench -- --bill` reads 1,000,000 lines in the serving process.
  it('of 250,000 lines is read within 200 MiB', async () => {
    const script = fileURLToPath(new URL('../support/large-bill.ts', import.meta.url));
    const hooks = fileURLToPath(new URL('../support/typescript-hooks.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [
      // Those of `npm start`, see docs/guide/payments.md.
      '--max-semi-space-size=8',
      '--heap-growing-percent=30',
      '--import',
      hooks,
      script,
      name,
      '250000',
    ]);
    const { lines, fen, peakMiB } = JSON.parse(stdout);
    expect({ lines, fen }).toEqual({ lines: 250_000, fen: 2_475_000_000 });
    expect(peakMiB).toBeLessThan(200);
  }, 180_000);
});

describe('a bill that was tampered with or cut off', () => {
  const server: { current: StubServer | null } = { current: null };

  afterEach(async () => {
    await server.current?.close();
    server.current = null;
  });

  async function alipayServing(file: Buffer): Promise<AlipayProvider> {
    const { privateKey } = sandbox.keys.gateway.alipay;
    server.current = await stubServer(({ url, headers }) => {
      if (url.startsWith('/file')) return (response) => response.end(file);
      const content = { code: '10000', bill_download_url: `http://${headers.host}/file` };
      const key = 'alipay_data_dataservice_bill_downloadurl_query_response';
      return { status: 200, body: alipayAnswer(key, content, privateKey) };
    });
    return alipay(`${server.current.origin}/gateway.do`);
  }

  async function wechatServing(file: string, signedFile = file): Promise<WechatPayProvider> {
    const { privateKey, publicKeyId } = sandbox.keys.gateway.wechat;
    const hash = createHash('sha1').update(signedFile).digest('hex');
    server.current = await stubServer(({ url, headers }) => {
      if (url.startsWith('/file')) return { status: 200, body: file };
      const content = { hash_type: 'SHA1', hash_value: hash, download_url: `http://${headers.host}/file` };
      return wechatAnswer(content, { serial: publicKeyId, privateKey });
    });
    return wechat(server.current.origin);
  }

  const ALIPAY = [
    '#业务明细列表',
    '支付宝交易号,商户订单号,业务类型,商品名称,完成时间,订单金额（元）,退款批次号/请求号',
    '2026030122001\t,T1\t,交易\t,"甲,乙"\t,2026-03-01 08:00:00\t,19.90\t,\t',
    '2026030122001\t,T1\t,退款\t,甲\t,2026-03-01 09:00:00\t,-5.00\t,R-9\t',
    '2026030122002\t,T2\t,转账\t,甲\t,2026-03-01 09:00:00\t,7.00\t,\t',
    '#业务明细列表结束',
  ];
  const WECHAT = [
    '\uFEFF交易时间,微信订单号,商户订单号,交易状态,商户退款单号,退款状态,商品名称,订单金额,申请退款金额',
    '`2026-03-01 08:00:00,`42001,`T1,`SUCCESS,`0,`,`甲,乙,`19.90,`0.00',
    '`2026-03-01 09:00:00,`42001,`T1,`REFUND,`R-9,`SUCCESS,`甲,`0.00,`5.00',
    '`2026-03-01 09:00:00,`42001,`T1,`REFUND,`R-8,`FAIL,`甲,`0.00,`4.00',
    '`2026-03-01 09:00:00,`42002,`T2,`REVOKED,`0,`,`甲,`3.00,`0.00',
    '总交易单数',
    '`4',
  ];

  /** As Alipay packs it: the names in GBK, without the flag that says UTF-8. The placeholders have the same length. */
  async function gbkZip(...files: (readonly string[])[]): Promise<Buffer> {
    const zip = new ZipFile();
    zip.addBuffer(iconv.encode('#业务汇总', 'gbk'), 'DDDD(SSSS).csv');
    for (const [place, lines] of files.entries())
      zip.addBuffer(iconv.encode(lines.join('\r\n'), 'gbk'), `DDDD${place || ''}.csv`);
    zip.end();
    const bytes = await buffer(zip.outputStream);
    for (const [signature, flags] of [
      ['PK\x03\x04', 6],
      ['PK\x01\x02', 8],
    ] as const) {
      for (let at = bytes.indexOf(signature); at >= 0; at = bytes.indexOf(signature, at + 4)) {
        bytes.writeUInt16LE(bytes.readUInt16LE(at + flags) & ~0x800, at + flags);
      }
    }
    for (const [placeholder, name] of [
      ['DDDD', '明细'],
      ['SSSS', '汇总'],
    ] as const) {
      for (let at = bytes.indexOf(placeholder); at >= 0; at = bytes.indexOf(placeholder)) {
        iconv.encode(name, 'gbk').copy(bytes, at);
      }
    }
    return bytes;
  }

  /** The zip, whose directory tells another size of the details when unpacked. */
  function claiming(zip: Buffer, size: number): Buffer {
    const details = zip.lastIndexOf('PK\x01\x02');
    zip.writeUInt32LE(size, details + 24);
    return zip;
  }

  const twice = (file: string): [string, string] => [file, file];

  /** The bill with its first row many times over, the amount of each unreadable. */
  function manyOdd(bill: readonly string[], count: number): string[] {
    const row = bill.find((line) => line.includes('19.90'))!;
    const odd = row.replace('19.90', '19.9.0');
    return bill.flatMap((line) => (line === row ? Array<string>(count).fill(odd) : [line]));
  }

  it('is told from a whole one (Alipay)', async () => {
    const lines = await linesOf(await alipayServing(await gbkZip(ALIPAY)));
    expect(lines).toMatchObject([
      { kind: 'payment', orderId: 'T1', amountFen: 1990, at: new Date('2026-03-01T00:00:00Z') },
      { kind: 'refund', refundNo: 'R-9', amountFen: 500 },
    ]);
    const broken: [string, Buffer][] = [
      ['ends before', await gbkZip(ALIPAY.slice(0, -1))],
      ['lacks the columns 业务类型', await gbkZip(ALIPAY.map((line) => line.replace('业务类型', '类型')))],
      ['a line of the bill has more than 65536', await gbkZip([...ALIPAY.slice(0, 3), '甲'.repeat(70_000)])],
      ["more than 100 rows of the bill can't be read", await gbkZip(manyOdd(ALIPAY, 101))],
      [
        'names the column 订单金额（元） twice',
        await gbkZip(ALIPAY.map((line) => line.replace('商品名称', '订单金额（元）'))),
      ],
      [
        'holds no CSV',
        await gbkZip([]).then((zip) =>
          Buffer.from(zip.toString('latin1').replaceAll('.csv', '.txt'), 'latin1'),
        ),
      ],
      ['larger than 2147483648 bytes when unpacked', claiming(await gbkZip(ALIPAY), 2 ** 31 + 1)],
      ['', claiming(await gbkZip(ALIPAY), 10)],
      ['', (await gbkZip(ALIPAY)).subarray(0, 200)],
    ];
    for (const [message, file] of broken) {
      await server.current?.close();
      await expect(linesOf(await alipayServing(file))).rejects.toThrow(message);
    }
  });

  it('is read whole where its details are in several files (Alipay)', async () => {
    const more = ALIPAY.map((line) => line.replaceAll('T1', 'T3'));
    const lines = await linesOf(await alipayServing(await gbkZip(ALIPAY, more)));
    expect(lines.map(({ orderId }) => orderId)).toEqual(['T1', 'T1', 'T3', 'T3']);
    await server.current?.close();
    const cut = more.slice(0, -1);
    await expect(linesOf(await alipayServing(await gbkZip(ALIPAY, cut)))).rejects.toThrow('ends before');
  });

  it('is told from a whole one (WeChat Pay)', async () => {
    const whole = WECHAT.join('\r\n');
    expect(await linesOf(await wechatServing(whole))).toMatchObject([
      { kind: 'payment', orderId: 'T1', tradeNo: '42001', amountFen: 1990 },
      { kind: 'refund', orderId: 'T1', refundNo: 'R-9', amountFen: 500 },
    ]);
    await server.current?.close();
    const older = whole.replace('订单金额', '总金额').replace('申请退款金额', '退款金额');
    expect(await linesOf(await wechatServing(older))).toMatchObject([
      { amountFen: 1990 },
      { amountFen: 500 },
    ]);
    const cut = WECHAT.slice(0, 3).join('\r\n');
    const overlong = whole.replace('甲,乙', '甲'.repeat(70_000));
    const odd = manyOdd(WECHAT, 101).join('\r\n');
    const broken: [string, string, string][] = [
      ['its SHA-1 is', whole.replace('19.90', '99.90'), whole],
      ['ends before its totals', cut, cut],
      ['a line of the bill has more than 65536', overlong, overlong],
      ["more than 100 rows of the bill can't be read", odd, odd],
      ['names the column 商户订单号 twice', ...twice(whole.replace('商品名称', '商户订单号'))],
      ['lacks the columns 交易状态', whole.replace('交易状态', '状态'), whole.replace('交易状态', '状态')],
    ];
    for (const [message, file, signed] of broken) {
      await server.current?.close();
      await expect(linesOf(await wechatServing(file, signed))).rejects.toThrow(message);
    }
  });

  describe('with odd rows', () => {
    const LAST = { kind: 'refund', orderId: 'T1', refundNo: 'R-9', amountFen: 500 };
    const unreadable = (reason: string, text = '') => ({
      kind: 'unreadable',
      row: 1,
      reason: expect.stringContaining(reason),
      text: expect.stringContaining(text),
    });
    const paidFor = { kind: 'payment', orderId: 'T1', amountFen: 1990 };

    it.each<[string, string, string, object]>([
      ['a comma', '"甲,乙"', '甲,乙', unreadable("can't be read: 乙")],
      ['a quote at its start', '"甲,乙"', '"甲', paidFor],
      ['a quote inside', '"甲,乙"', '甲"乙', paidFor],
      ['a line break', '"甲,乙"', '甲\r\n乙', paidFor],
      ['a line break and a comma in quotes', '"甲,乙"', '"甲,乙\r\n丙,丁"', paidFor],
      ['a line break and a comma', '"甲,乙"', '甲,乙\r\n丙', unreadable("can't be read")],
      ['an odd amount', '19.90', '19.9.0', unreadable('not an amount', '2026030122001')],
      ['an odd time', '08:00:00', '08:61:00', unreadable("can't be read: 2026-03-01 08:61:00")],
      ['an odd order number', ',T1', ',T 1', unreadable('not the number of an order')],
      ['an endless order number', ',T1', `,${'T'.repeat(3_000)}`, unreadable('not the number of an order')],
      ['a value too many', '甲,乙', '甲,乙",,,"', unreadable('values for 7 columns')],
      ['its end missing', ',19.90\t,\t', '', unreadable('5 values for 7 columns')],
    ])('reads what can be read beside a row with %s (Alipay)', async (_what, from, to, expected) => {
      const bill = ALIPAY.map((line, place) => (place === 2 ? line.replace(from, to) : line));
      expect(await rowsOf(await alipayServing(await gbkZip(bill)))).toMatchObject([expected, LAST]);
    });

    it.each<[string, string, string, object]>([
      ['a quote', '甲,乙', '"甲', paidFor],
      ['a line break', '甲,乙', '甲\n乙', paidFor],
      ['what stands between values', '甲,乙', '甲,`乙', unreadable('10 values for 9 columns')],
      ['an odd amount', '19.90', '1e3', unreadable('not an amount', '42001')],
      ['an odd time', '08:00:00', '8 o’clock', unreadable("can't be read")],
      ['its end missing', ',`19.90,`0.00', '', unreadable('7 values for 9 columns')],
    ])('reads what can be read beside a row with %s (WeChat Pay)', async (_what, from, to, expected) => {
      const bill = WECHAT.map((line, place) => (place === 1 ? line.replace(from, to) : line)).join('\r\n');
      expect(await rowsOf(await wechatServing(bill))).toMatchObject([expected, LAST]);
    });
  });

  it('leaves no file behind, read through or given up', async () => {
    const bills = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('bill-'));
    const before = await bills();
    const provider = await wechatServing(WECHAT.join('\n'));
    for await (const line of provider.downloadBill(DAY)) {
      expect(line).toMatchObject({ orderId: 'T1' });
      break;
    }
    expect((await bills()).filter((name) => !before.includes(name))).toEqual([]);
  });
});
