import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Configuration } from '../config/configuration.js';
import { SystemClock } from '../time/clock.js';
import { payThrough } from './payment-channels.js';

it('calls the sandbox at the address at which its bills lie, whatever address buyers see', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'channels-'));
  try {
    const { payments, sandbox } = payThrough(
      { sandbox: true, dataDir, alipay: null, alipayAgreements: null, wechat: null } as Configuration,
      {
        localUrl: 'http://127.0.0.1:3000',
        publicUrl: 'https://try.example.com',
        dataSource: {} as DataSource,
        clock: new SystemClock(),
      },
    );
    const at = sandbox!.gatewayUrl!();
    expect(new URL(payments.alipay!.gateway).origin).toBe(at);
    expect(new URL(payments.wechat!.baseUrl).origin).toBe(at);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
