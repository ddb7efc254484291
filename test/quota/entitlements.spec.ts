import type { AddressInfo } from 'node:net';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CommercialModule } from '../../src/commercial/commercial.module.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { RequireEntitlement } from '../../src/quota/api/entitlements/require-entitlement.decorator.js';
import { EntitlementOverrides } from '../../src/quota/entitlements/entitlement-overrides.service.js';
import { Entitlements } from '../../src/quota/entitlements/entitlements.service.js';
import {
  administrator,
  buy,
  consume,
  JWT_KEY,
  register,
  startApp,
  type CommercialApp,
  type Person,
} from '../support/app.js';
import { fieldsAtFault, send, statuses } from '../support/http-client.js';
import { expectInvariants } from '../support/invariants.js';
import { accountOf } from '../support/quota-parties.js';
import { makeCustomer, startService } from '../support/service.js';

const DAY_MS = 86_400_000;

@Controller('support')
class SupportController {
  @Get()
  @RequireEntitlement('custom_support')
  ask(): object {
    return {};
  }

  @Get('unknown')
  @RequireEntitlement('nobody_sells_this')
  unknown(): object {
    return {};
  }
}

@Module({ controllers: [SupportController] })
class SupportModule {}

describe('entitlements', () => {
  let app: CommercialApp;
  let admin: Person;
  let people = 0;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    app = await startApp();
    admin = await administrator(app);
  });
  afterAll(async () => {
    for (const close of closing) await close();
    await app.close();
  });
  afterEach(() => expectInvariants(app.dataSource));

  const somebody = () => register(app, `entitled-${(people += 1)}`);
  const one = async (person: Person, feature: string) =>
    (await person.call('GET', `/entitlements/${feature}`)).body;
  const later = (milliseconds = DAY_MS) => new Date(app.clock.now().getTime() + milliseconds).toISOString();
  const override = async (person: Person, body: object) =>
    admin.call('POST', '/admin/entitlement-overrides', {
      body: { accountId: await accountOf(app, person.id), endsAt: later(), reason: 'promised', ...body },
    });
  const changes = async (person: Person) =>
    (
      await app.sql(
        `SELECT count(*)::int AS count FROM commercial.events WHERE type = 'entitlements.changed' AND account_id = $1`,
        [await accountOf(app, person.id)],
      )
    )[0].count as number;

  it('say by name what the plan promises, and follow it', async () => {
    const anna = await somebody();
    expect((await anna.call('GET', '/entitlements')).body.items.map((item: any) => item.feature)).toEqual([
      'custom_support',
      'max_concurrent',
      'priority',
      'processing_count',
    ]);
    expect(await one(anna, 'custom_support')).toEqual({
      feature: 'custom_support',
      type: 'boolean',
      granted: false,
      value: false,
      quota: null,
    });
    expect(await changes(anna)).toBe(1);
    await buy(app, anna, 'alipay', 'enterprise');
    expect(await one(anna, 'custom_support')).toMatchObject({ granted: true, value: true });
    expect(await one(anna, 'priority')).toMatchObject({ type: 'static', granted: true, value: 'high' });
    expect(await changes(anna)).toBe(2);
    const accountId = await accountOf(app, anna.id);
    const listed = await app.app.get(Entitlements, { strict: false }).of(accountId);
    expect(listed.find(({ feature }) => feature === 'custom_support')?.granted).toBe(true);
  });

  it('of a meter are granted while there is quota at all, and show what is left', async () => {
    const anna = await somebody();
    await consume(anna, { cost: 10 });
    expect(await one(anna, 'processing_count')).toMatchObject({
      type: 'metered',
      granted: true,
      value: null,
      quota: { used: 10, limit: 10, remaining: 0 },
    });
  });

  it('are there for service keys, and for nobody where no plan can promise them', async () => {
    const service = await startService(app, ['customers', 'quota'], admin);
    const act = service.as(await makeCustomer(service));
    expect((await act('GET', '/entitlements/max_concurrent')).body).toMatchObject({ type: 'static' });
    for (const feature of ['nothing', 'constructor', '__proto__', 'dicom_processing']) {
      expect((await act('GET', `/entitlements/${feature}`)).status).toBe(404);
    }
  });

  it('are overridden for one account until an end, in all that goes by them', async () => {
    const [anna, bert] = [await somebody(), await somebody()];
    await buy(app, anna, 'alipay');
    const hold = () => anna.call('POST', '/quota/holds', { body: { resourceType: 'dicom_processing' } });
    expect(statuses(await Promise.all([1, 2, 3, 4, 5].map(hold)))).toEqual({ 201: 3, 429: 2 });
    const made = await override(anna, { feature: 'max_concurrent', value: 5 });
    expect(made).toMatchObject({ status: 201, body: { feature: 'max_concurrent', value: 5, endedAt: null } });
    expect(await one(anna, 'max_concurrent')).toMatchObject({ granted: true, value: 5 });
    expect(statuses(await Promise.all([1, 2, 3, 4].map(hold)))).toEqual({ 201: 2, 429: 2 });
    await override(anna, { feature: 'priority', value: 'high' });
    expect(await one(anna, 'priority')).toMatchObject({ value: 'high' });
    expect((await one(bert, 'max_concurrent')).value).not.toBe(5);
    app.clock.forward(DAY_MS);
    try {
      const accountId = await accountOf(app, anna.id);
      const now = await app.app.get(Entitlements, { strict: false }).one(accountId, 'max_concurrent');
      expect(now.value).toBe(3);
    } finally {
      app.clock.forward(-DAY_MS);
    }
  });

  it('tell of an override’s begin, end and removal, once each', async () => {
    const anna = await somebody();
    const before = await changes(anna);
    const overrides = app.app.get(EntitlementOverrides, { strict: false });
    await override(anna, { feature: 'custom_support', value: true, endsAt: later(3600_000) });
    expect(await changes(anna)).toBe(before + 1);
    app.clock.forward(3600_001);
    try {
      await Promise.all([overrides.endDue(), overrides.endDue()]);
    } finally {
      app.clock.forward(-3600_001);
    }
    expect(await changes(anna)).toBe(before + 2);
    const { body } = await override(anna, { feature: 'custom_support', value: true });
    const remove = () => admin.call('DELETE', `/admin/entitlement-overrides/${body.id}`);
    expect(statuses(await Promise.all([remove(), remove(), remove()]))).toEqual({ 204: 1, 404: 2 });
    expect(await changes(anna)).toBe(before + 4);
    expect(await one(anna, 'custom_support')).toMatchObject({ granted: false });
    const log = (await admin.call('GET', `/admin/audit?subjectId=${body.id}`)).body.items;
    expect(log.map((entry: any) => entry.action)).toEqual([
      'entitlement.override_removed',
      'entitlement.overridden',
    ]);
    const accountId = await accountOf(app, anna.id);
    const kept = (await admin.call('GET', `/admin/entitlement-overrides?accountId=${accountId}`)).body.items;
    expect(kept).toHaveLength(2);
  });

  it.each([
    [{ feature: 'nothing', value: true }, 'feature'],
    [{ feature: 'processing_count', value: 5 }, 'feature'],
    [{ feature: 'custom_support', value: 'yes' }, 'value'],
    [{ feature: 'custom_support' }, 'value'],
    [{ feature: 'custom_support', value: null }, 'value'],
    [{ feature: 'max_concurrent', value: -1 }, 'value'],
    [{ feature: 'custom_support', value: true, endsAt: '2020-01-01T00:00:00Z' }, 'endsAt'],
    [{ feature: 'custom_support', value: true, reason: '' }, 'reason'],
  ])('refuse to be overridden by %j', async (body, field) => {
    expect(fieldsAtFault(await override(await somebody(), body))).toEqual([field]);
  });

  it('guard a host’s handler, and name a feature that nobody sells', async () => {
    const dataSource = await createDataSource({ url: app.database.url, poolSize: 5 }).initialize();

    @Module({
      imports: [
        CommercialModule.forRoot({
          dataSource,
          clock: app.clock,
          jwt: { secret: JWT_KEY },
          publicUrl: 'http://127.0.0.1',
          routes: false,
        }),
        SupportModule,
      ],
    })
    class HostModule {}

    const host = await NestFactory.create(HostModule, new FastifyAdapter(), { logger: false });
    closing.push(async () => {
      await host.close();
      await dataSource.destroy();
    });
    await host.listen(0, '127.0.0.1');
    const url = `http://127.0.0.1:${(host.getHttpServer().address() as AddressInfo).port}/support`;
    const anna = await somebody();
    const ask = () => send(url, 'GET', { token: anna.token });
    expect((await send(url, 'GET', {})).status).toBe(401);
    expect(await ask()).toMatchObject({
      status: 402,
      body: { code: 'ENTITLEMENT_REQUIRED', feature: 'custom_support' },
    });
    await override(anna, { feature: 'custom_support', value: true });
    expect((await ask()).status).toBe(200);
    const { key } = (await anna.call('POST', '/api-keys', { body: { name: 'k', scopes: ['profile:read'] } }))
      .body;
    expect((await send(url, 'GET', { apiKey: key })).status).toBe(403);
    const service = await startService(app, ['customers', 'quota'], admin);
    const headers = { 'x-customer-id': await makeCustomer(service) };
    expect((await send(url, 'GET', { apiKey: service.key, headers })).status).toBe(403);
    expect((await send(`${url}/unknown`, 'GET', { token: anna.token })).status).toBe(500);
  });
});
