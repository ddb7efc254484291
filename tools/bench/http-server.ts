import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpAdapter } from '../../src/app/http-adapter.js';
import { Access } from '../../src/auth/access/access.decorator.js';
import { AccessTokens } from '../../src/auth/credentials/tokens/access-tokens.js';
import { CommercialModule } from '../../src/commercial/commercial.module.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { RequireQuota } from '../../src/quota/api/guard/require-quota.decorator.js';
import { ACCOUNTS, idOf } from './accounts.js';
import { POOL_SIZE } from './cluster.js';

/** What a server process tells its parent when it listens. */
export interface Ready {
  url: string;
  /** An access token of each account. */
  tokens: string[];
}

@Controller()
class BenchController {
  @Get('bare')
  bare() {
    return { done: true };
  }

  @Get('signed-in')
  @Access('user', { scope: 'quota:consume' })
  signedIn() {
    return { done: true };
  }

  @Get('guarded')
  @RequireQuota('dicom_processing')
  guarded() {
    return { done: true };
  }
}

/** A host's app in a process of its own: argument 2 is the database's URL. It ends with its parent. */
async function main(url: string): Promise<void> {
  const dataSource = await createDataSource({ url, poolSize: POOL_SIZE }).initialize();
  @Module({
    imports: [
      CommercialModule.forRoot({
        dataSource,
        jwt: { secret: 'only-for-the-bench-32-bytes-long-or-more' },
        publicUrl: 'http://127.0.0.1',
      }),
    ],
    controllers: [BenchController],
  })
  class BenchModule {}
  const app = await NestFactory.create<NestFastifyApplication>(BenchModule, createHttpAdapter(null), {
    logger: ['error'],
  });
  await app.listen(0, '127.0.0.1');
  const tokens = app.get(AccessTokens, { strict: false });
  const ready: Ready = {
    url: await app.getUrl(),
    tokens: Array.from({ length: ACCOUNTS }, (_, n) =>
      tokens.issue({ id: idOf(n), personalAccountId: idOf(n), role: 'user' }, idOf(n)),
    ),
  };
  process.once('disconnect', () => void app.close().then(() => dataSource.destroy()));
  process.send!(ready);
}

await main(process.argv[2]!);
