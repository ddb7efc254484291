import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import {
  Controller,
  ForbiddenException,
  Get,
  Injectable,
  Module,
  Req,
  StreamableFile,
  UseGuards,
  type CanActivate,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CommercialModule } from '../../src/commercial/commercial.module.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { CurrentHold } from '../../src/quota/api/guard/current-hold.decorator.js';
import { RequireQuota } from '../../src/quota/api/guard/require-quota.decorator.js';
import type { OpenHold } from '../../src/quota/debits/open-hold.js';
import { QuotaHolds } from '../../src/quota/debits/quota-holds.js';
import { buy, JWT_KEY, register, startApp, type CommercialApp, type Person } from '../support/app.js';
import { send, statuses, type Answer } from '../support/http-client.js';
import { until } from '../support/embedded-process.js';
import { expectInvariants } from '../support/invariants.js';
import { Gate } from '../support/quota-host.js';

/** What a handler waits for, and what it was given to settle. Made anew for each test. */
const stage = { gate: new Gate(), job: null as OpenHold | null };

@Injectable()
class RefusingGuard implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException('not today');
  }
}

@Controller('jobs')
class JobsController {
  @Get('held')
  @RequireQuota('dicom_processing', { cost: 3, hold: true })
  held(@CurrentHold() hold: OpenHold): object {
    return { holdId: hold.holdId, cost: hold.cost };
  }

  @Get('true-cost')
  @RequireQuota('dicom_processing', { cost: 3, hold: true })
  async trueCost(@Req() request: object): Promise<object> {
    await QuotaHolds.of(request)!.commit(1);
    return {};
  }

  @Get('throws')
  @RequireQuota('dicom_processing', { cost: 3, hold: true })
  throws(): never {
    throw new ForbiddenException('the job failed');
  }

  @Get('later-guard')
  @UseGuards(RefusingGuard)
  @RequireQuota('dicom_processing', { cost: 3, hold: true })
  laterGuard(): void {}

  @Get('slow/:outcome')
  @RequireQuota('dicom_processing', { cost: 3, hold: true, holdSeconds: 60 })
  async slow(@Req() { params }: { params: Record<string, string> }): Promise<object> {
    await stage.gate.pass();
    if (params['outcome'] === 'fails') throw new Error('the job failed');
    return params['outcome'] === 'streams' ? new StreamableFile(Readable.from(['a', 'b'])) : {};
  }

  @Get('background')
  @RequireQuota('dicom_processing', { cost: 3, hold: 'manual' })
  background(@CurrentHold() hold: OpenHold): object {
    stage.job = hold;
    return { holdId: hold.holdId };
  }

  @Get('background-throws')
  @RequireQuota('dicom_processing', { cost: 3, hold: 'manual' })
  backgroundThrows(): never {
    throw new ForbiddenException('the queue is full');
  }

  @Get('no-hold')
  @RequireQuota('dicom_processing')
  noHold(@CurrentHold() hold: OpenHold): object {
    return { holdId: hold.holdId };
  }
}

@Module({ controllers: [JobsController] })
class JobsModule {}

describe.each(['fastify', 'express'] as const)('@RequireQuota with hold, on %s', (framework) => {
  let service: CommercialApp;
  let url: string;
  let close: () => Promise<void>;
  let people = 0;

  beforeAll(async () => {
    service = await startApp();
    const dataSource = await createDataSource({ url: service.database.url, poolSize: 5 }).initialize();

    @Module({
      imports: [
        CommercialModule.forRoot({
          dataSource,
          clock: service.clock,
          jwt: { secret: JWT_KEY },
          publicUrl: 'http://127.0.0.1',
          routes: false,
        }),
        JobsModule,
      ],
    })
    class HostModule {}

    const adapter = framework === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
    const host = await NestFactory.create(HostModule, adapter, { logger: false });
    await host.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(host.getHttpServer().address() as AddressInfo).port}`;
    close = async () => {
      await host.close();
      await dataSource.destroy();
    };
  });
  afterAll(async () => {
    await close();
    await service.close();
  });
  beforeEach(() => Object.assign(stage, { gate: new Gate(), job: null }));
  afterEach(() => expectInvariants(service.dataSource));

  /** On the plan pro: 100 a month, three at once. */
  async function person(): Promise<Person> {
    const somebody = await register(service, `${framework}${(people += 1)}`);
    await buy(service, somebody, 'alipay');
    return somebody;
  }

  const get = ({ token }: Person, path: string): Promise<Answer> =>
    send(`${url}/jobs/${path}`, 'GET', { token });

  async function logOf(somebody: Person): Promise<{ status: string; cost: number }[]> {
    const { body } = await somebody.call('GET', '/usage');
    return body.items.map(({ status, cost }: { status: string; cost: number }) => ({ status, cost }));
  }

  it('commits before the answer ends', async () => {
    const anna = await person();
    const answer = await get(anna, 'held');
    expect(answer).toMatchObject({ status: 200, body: { cost: 3 } });
    expect(answer.headers.get('x-quota-remaining')).toBe('97');
    expect(await logOf(anna)).toEqual([{ status: 'consumed', cost: 3 }]);
  });

  it('keeps what the handler has committed at its true cost', async () => {
    const anna = await person();
    expect((await get(anna, 'true-cost')).status).toBe(200);
    expect(await logOf(anna)).toEqual([{ status: 'consumed', cost: 1 }]);
  });

  it.each([
    ['throws', 403],
    ['later-guard', 403],
    ['background-throws', 403],
  ])('releases where the request fails: %s', async (path, status) => {
    const anna = await person();
    expect((await get(anna, path)).status).toBe(status);
    expect(await logOf(anna)).toEqual([{ status: 'released', cost: 3 }]);
  });

  it('leaves it open past the answer, for the job to settle', async () => {
    const anna = await person();
    expect((await get(anna, 'background')).status).toBe(200);
    expect(await logOf(anna)).toEqual([{ status: 'held', cost: 3 }]);
    await stage.job!.commit(2);
    expect(await logOf(anna)).toEqual([{ status: 'consumed', cost: 2 }]);
    await get(anna, 'background');
    await stage.job!.release();
    await expect(stage.job!.commit()).rejects.toMatchObject({ code: 'HOLD_NOT_OPEN' });
    expect(await logOf(anna)).toEqual([
      { status: 'released', cost: 3 },
      { status: 'consumed', cost: 2 },
    ]);
  });

  it('lets no more run at once than the plan allows', async () => {
    const anna = await person();
    for (let index = 0; index < 3; index += 1) expect((await get(anna, 'background')).status).toBe(200);
    const refused = await get(anna, 'background');
    expect(refused).toMatchObject({ status: 429, body: { code: 'CONCURRENCY_LIMIT' } });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.headers.get('retry-after')).toBe('30');
    await stage.job!.release();
    expect((await get(anna, 'held')).status).toBe(200);
  });

  it.each([
    ['succeeds', 'consumed'],
    ['streams', 'consumed'],
    ['fails', 'released'],
  ])(
    'goes by the handler’s own outcome where nobody waits for the answer any more: it %s',
    async (outcome, status) => {
      const anna = await person();
      const caller = httpRequest(`${url}/jobs/slow/${outcome}`, {
        headers: { authorization: `Bearer ${anna.token}` },
      }).on('error', () => {});
      caller.end();
      await stage.gate.untilReached();
      caller.destroy();
      await until(async () => caller.closed);
      stage.gate.open();
      await until(async () => (await logOf(anna))[0]!.status !== 'held');
      expect(await logOf(anna)).toEqual([{ status, cost: 3 }]);
    },
  );

  it('is out of the customer’s reach, however often they try while the handler runs', async () => {
    const anna = await person();
    const { key } = (await anna.call('POST', '/api-keys', { body: { name: 'k' } })).body;
    const answer = get(anna, 'slow/succeeds');
    await stage.gate.untilReached();
    const [held] = (await anna.call('GET', '/usage')).body.items;
    const tries = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        service.call('POST', `/quota/holds/${held.id}/${index % 2 === 0 ? 'release' : 'commit'}`, {
          ...(index % 3 === 0 ? { apiKey: key } : { token: anna.token }),
          body: index % 2 === 0 ? {} : { cost: 1 },
        }),
      ),
    );
    expect(statuses(tries)).toEqual({ 403: 24 });
    expect(tries[0]!.body.code).toBe('HOLD_NOT_YOURS');
    // Those of the end meet the guard's own commit.
    const late = Array.from({ length: 12 }, () =>
      service.call('POST', `/quota/holds/${held.id}/release`, { token: anna.token, body: {} }),
    );
    stage.gate.open();
    expect((await answer).status).toBe(200);
    expect(statuses(await Promise.all(late))).toEqual({ 403: 12 });
    expect(await logOf(anna)).toEqual([{ status: 'consumed', cost: 3 }]);
  });

  it('gives back what took longer than its hold', async () => {
    const anna = await person();
    const answer = get(anna, 'slow/succeeds');
    await stage.gate.untilReached();
    service.clock.forward(61_000);
    stage.gate.open();
    expect((await answer).status).toBe(200);
    expect(await logOf(anna)).toEqual([{ status: 'released', cost: 3 }]);
  });

  it('tells the developer who asks for a hold where there is none', async () => {
    const anna = await person();
    expect((await get(anna, 'no-hold')).status).toBe(500);
    expect(await logOf(anna)).toEqual([{ status: 'released', cost: 1 }]);
  });
});
