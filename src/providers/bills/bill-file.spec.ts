import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { billUrl, readDownloadedBill } from './bill-file.js';

const GATEWAY = 'https://api.mch.weixin.qq.com';
const HOSTS = ['mch.weixin.qq.com'];

it.each([
  [
    'https://api.mch.weixin.qq.com/v3/billdownload/file?token=x',
    'https://api.mch.weixin.qq.com/v3/billdownload/file?token=x',
  ],
  ['https://api2.mch.weixin.qq.com/f?token=x', 'https://api2.mch.weixin.qq.com/f?token=x'],
  ['http://api2.mch.weixin.qq.com/f?token=x', 'https://api2.mch.weixin.qq.com/f?token=x'],
])('fetches a bill at %s', (told, url) => {
  expect(billUrl(told, GATEWAY, HOSTS)).toBe(url);
});

it('fetches a bill at the gateway itself, also where that is a local one', () => {
  const local = 'http://127.0.0.1:3000/sandbox/wechat';
  expect(billUrl('http://127.0.0.1:3000/f', local, HOSTS)).toBe('http://127.0.0.1:3000/f');
  expect(() => billUrl('http://127.0.0.1:3001/f', local, HOSTS)).toThrow('not one of the channel');
});

it.each([
  'https://evil.example/f',
  'https://evil-mch.weixin.qq.com.evil.example/f',
  'https://xmch.weixin.qq.com/f',
  'http://169.254.169.254/latest',
  'https://user@api.mch.weixin.qq.com:8443/f',
  'ftp://api.mch.weixin.qq.com/f',
  'file:///etc/passwd',
  'data:text/csv,x',
])('sends nothing to %s', (told) => {
  expect(() => billUrl(told, GATEWAY, HOSTS)).toThrow('not one of the channel');
});

it('gives up a bill that is larger than any, told or not', async () => {
  const server = createServer((_request, response) => {
    response.write('x'.repeat(60));
    response.end('x'.repeat(60));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const read = async function* ({ path }: { path: string }) {
    yield path;
  };
  const pathsOf = async (maxBytes: number) => {
    const paths: string[] = [];
    for await (const path of readDownloadedBill({ url }, read, maxBytes)) paths.push(path);
    return paths;
  };
  expect(await pathsOf(120)).toHaveLength(1);
  await expect(pathsOf(119)).rejects.toThrow('larger than 119 bytes');
  server.close();
});
