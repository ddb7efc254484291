import {
  Controller,
  Get,
  Module,
  VersioningType,
  type INestApplication,
  type LoggerService,
  type VersioningOptions,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { PlanDefinition } from '../../src/billing/options/plan-definition.js';
import type { RoutesOption } from '../../src/commercial/routes.js';
import { PlansService } from '../../src/billing/catalog/plans/plans.service.js';
import type { CommercialOptions } from '../../src/commercial/commercial-options.js';
import { CommercialModule } from '../../src/commercial/commercial.module.js';
import { createDataSource } from '../../src/commercial/data-source.js';
import { commercialEntities } from '../../src/commercial/entities.js';
import { runMigrations } from '../../src/commercial/run-migrations.js';
import { SetupError } from '../../src/commercial/start/setup-error.js';
import { AuditLogEntry } from '../../src/audit/audit-log.entity.js';
import { SystemClock } from '../../src/time/clock.js';
import { RequireQuota } from '../../src/quota/api/guard/require-quota.decorator.js';
import { JWT_KEY } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { FakeChannel } from '../support/fake-channel.js';
import { until } from '../support/embedded-process.js';
import { send } from '../support/http-client.js';

@Controller('jobs')
class GoodController {
  @Get('scan')
  @RequireQuota('dicom_processing')
  scan(): void {}
}

@Controller('jobs')
class MistakenController {
  @Get('x-ray')
  @RequireQuota('x-ray')
  photograph(): void {}
}

const PLAN: PlanDefinition = {
  code: 'basic',
  name: 'Basic',
  description: '',
  price: '0.00',
  billingCycle: 'monthly',
  quotas: [{ quotaType: 'processing_count', quotaLimit: 10 }],
};

interface Setup {
  options?: Partial<CommercialOptions>;
  /** Default true. */
  routes?: RoutesOption;
  /** Default true; null: the host leaves bodies to a parser of its own. */
  rawBody?: boolean | null;
  controller?: typeof GoodController | typeof MistakenController;
  /** What the host does to its application before it listens. */
  prepare?: (app: INestApplication) => void;
  /** Whether a second module of the host's imports the package too, by a call of its own. */
  twice?: boolean;
}

describe.each(['express', 'fastify'] as const)('a host on %s', (platform) => {
  let database: TestDatabase;
  let dataSource: DataSource;
  const started: INestApplication[] = [];
  const opened: DataSource[] = [];
  const databases: TestDatabase[] = [];

  beforeAll(async () => {
    database = await ownDatabase();
    dataSource = await open(database, {});
    await runMigrations(dataSource);
    await new PlansService(dataSource, new SystemClock()).seed();
  });
  afterEach(async () => {
    for (const app of started.splice(0)) await app.close();
  });
  afterAll(async () => {
    for (const one of opened) await one.destroy();
    for (const one of databases) await one.drop();
  });

  async function ownDatabase(): Promise<TestDatabase> {
    const one = await createTestDatabase();
    databases.push(one);
    return one;
  }

  async function open({ url }: TestDatabase, changes: object): Promise<DataSource> {
    const { options } = createDataSource({ url, poolSize: 3 });
    const one = await new DataSource({ ...options, ...changes } as DataSourceOptions).initialize();
    opened.push(one);
    return one;
  }

  /** Puts these plans on sale, and no others. */
  const sell = (...codes: string[]) =>
    dataSource.query(
      `UPDATE commercial.subscription_plans
       SET status = CASE WHEN code = ANY ($1) THEN 'active' ELSE 'archived' END`,
      [codes],
    );

  /** @returns what the start said, by level */
  async function start(setup: Setup = {}): Promise<Record<'warn' | 'error', string[]>> {
    const said = { warn: [] as string[], error: [] as string[] };
    const logger: LoggerService = {
      log: () => {},
      warn: (line: unknown) => void said.warn.push(String(line)),
      error: (line: unknown) => void said.error.push(String(line)),
    };

    const commercial = () =>
      CommercialModule.forRoot({
        dataSource,
        jwt: { secret: JWT_KEY },
        publicUrl: 'https://pay.example.com/billing/',
        payments: { others: [new FakeChannel('north')] },
        jobs: true,
        routes: setup.routes ?? true,
        ...setup.options,
      });

    @Module({ imports: setup.twice ? [commercial()] : [] })
    class OtherModule {}

    @Module({
      imports: [commercial(), OtherModule],
      controllers: [setup.controller ?? GoodController],
    })
    class HostModule {}

    const { rawBody = true } = setup;
    const app = await NestFactory.create<NestExpressApplication & NestFastifyApplication>(
      HostModule,
      platform === 'express' ? new ExpressAdapter() : new FastifyAdapter(),
      { logger, abortOnError: false, ...(rawBody === null ? { bodyParser: false } : { rawBody }) },
    );
    started.push(app);
    if (rawBody === null) app.useBodyParser((platform === 'express' ? 'json' : 'application/json') as never);
    setup.prepare?.(app);
    await app.listen(0, '127.0.0.1');
    return said;
  }

  /** @returns the lines by which the start is refused */
  async function refusal(setup: Setup): Promise<readonly string[]> {
    const error: unknown = await start(setup).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(SetupError);
    return (error as SetupError).faults;
  }

  it('that made no mistake starts without a word', async () => {
    const said = await start();
    await started[0]!.close();
    expect(said).toEqual({ warn: [], error: [] });
  });

  it('is refused where it serves webhooks and keeps no raw bodies', async () => {
    expect(await refusal({ rawBody: false })).toEqual([
      expect.stringMatching(
        /^Webhooks are served, .*NestFactory\.create\(AppModule, \{ rawBody: true \}\)\.$/,
      ),
    ]);
  });

  it.each<[string, Setup]>([
    ['takes no payments', { options: { payments: {} } }],
    ['serves no routes', { routes: false }],
    ['parses bodies by itself', { rawBody: null }],
  ])('may do without raw bodies where it %s', async (_, setup) => {
    await start({ rawBody: false, ...setup });
  });

  it('is told once where its own parser keeps no raw bodies', async () => {
    const said = await start({ rawBody: null });
    const notify = async () =>
      send(`${await started[0]!.getUrl()}/webhooks/north`, 'POST', { body: { some: 'notification' } });
    const lines = () =>
      said.error.filter((line) => line.startsWith('A notification came without its raw body'));
    expect(lines()).toEqual([]);
    await notify();
    await notify();
    expect(lines()).toEqual([expect.stringContaining('NestFactory.create(AppModule, { rawBody: true })')]);
  });

  it('is refused where two modules configure the package, each by itself', async () => {
    expect(await refusal({ twice: true })).toEqual([
      expect.stringMatching(/^CommercialModule is configured twice, .* import it once, in the root module/),
    ]);
  });

  it.each<VersioningOptions>([
    { type: VersioningType.URI, defaultVersion: '1' },
    { type: VersioningType.HEADER, header: 'x-version', defaultVersion: '1' },
  ])('with versions of its own serves the package under none: %j', async (versioning) => {
    const said = await start({ prepare: (app) => void app.enableVersioning(versioning) });
    const url = await started[0]!.getUrl();
    expect((await send(`${url}/plans`, 'GET', {})).status).toBe(200);
    await started[0]!.close();
    expect(said).toEqual({ warn: [], error: [] });
  });

  it('is told that migrations need a second connection, and is not left waiting', async () => {
    const narrow = await open(database, { poolSize: 1 });
    await expect(runMigrations(narrow)).rejects.toThrow(/poolSize/);
    const limited = await open(database, { extra: { max: 1 } });
    await expect(runMigrations(limited)).rejects.toThrow(/poolSize/);
  });

  it('is refused where its DataSource is not initialised', async () => {
    const options = { dataSource: createDataSource({ url: database.url }) };
    expect(await refusal({ options })).toEqual([
      expect.stringContaining('await dataSource.initialize() before the application starts'),
    ]);
  });

  it('is refused where its DataSource is one for another database', async () => {
    const options = { dataSource: { ...dataSource, options: { type: 'mysql' } } as unknown as DataSource };
    expect(await refusal({ options })).toEqual([
      'The DataSource is one for mysql. The package works on PostgreSQL only.',
    ]);
  });

  it.each([
    ['all entities', () => [], /does not know \w+, \w+, \w+ and \d+ more: .*\.\.\.commercialEntities/],
    [
      'one entity',
      () => commercialEntities.filter((entity) => entity !== AuditLogEntry),
      /does not know AuditLogEntry: add the package's entities/,
    ],
  ])('is refused where its DataSource lacks %s', async (_, entities, line) => {
    const options = { dataSource: await open(database, { entities: entities() }) };
    expect(await refusal({ options })).toEqual([expect.stringMatching(line)]);
  });

  it.each([
    ['nothing', 'DROP SCHEMA commercial CASCADE', /lacks the table commercial\.\w+, .* and \d+ more: run/],
    ['a table too little', 'DROP TABLE commercial.audit_log', /lacks the table commercial\.audit_log: run/],
    [
      'a column too little',
      'ALTER TABLE commercial.users DROP COLUMN display_name',
      /lacks the column commercial\.users\.display_name: run/,
    ],
    [
      'a function too little',
      'DROP FUNCTION commercial.quota_settle_1',
      /lacks the function commercial\.quota_settle_1: run/,
    ],
  ])('is refused where the migrations made %s', async (_, change, line) => {
    const old = await open(await ownDatabase(), {});
    await old.query(change);
    const [fault] = await refusal({ options: { dataSource: old } });
    expect(fault).toMatch(line);
    expect(fault).toContain('await runMigrations(dataSource)');
  });

  it.each([
    'pay.example.com',
    'pay.example.com:443',
    '//pay.example.com',
    'ftp://pay.example.com',
    'https://pay.example.com/?shop=1',
    'https://pay.example.com/#top',
    'https://pay.example.com/?',
    '',
  ])('is refused with the publicUrl %j', async (publicUrl) => {
    const [fault, ...others] = await refusal({ options: { publicUrl } });
    expect(fault).toContain(
      `publicUrl is ${JSON.stringify(publicUrl)}. It must be a whole address with http://`,
    );
    expect(others).toEqual([]);
  });

  it('is told of a publicUrl that turns out wrong once it listens', async () => {
    const said = await start({ options: { publicUrl: () => 'pay.example.com' } });
    await until(async () => said.error.length > 0);
    expect(said.error).toEqual([expect.stringContaining('publicUrl is "pay.example.com".')]);
  });

  it('is refused where @RequireQuota() names a resource type that nobody declared', async () => {
    expect(await refusal({ controller: MistakenController })).toEqual([
      expect.stringMatching(
        /^@RequireQuota\('x-ray'\) over MistakenController\.photograph .*\{ resources: \{ "x-ray": .*: dicom_processing\.$/,
      ),
    ]);
    await start({
      controller: MistakenController,
      options: { resources: { 'x-ray': 'pictures' } },
    });
  });

  it.each<[string, Partial<CommercialOptions> & { routes?: unknown }, RegExp | RegExp[]]>([
    [
      'an identify that is no function',
      { identify: {} as never },
      /^identify must be a function of the request/,
    ],
    [
      'an unknown locale',
      { defaultLocale: 'fr' as never },
      /^defaultLocale is "fr"\. It must be 'zh-CN' or 'en'\.$/,
    ],
    [
      'an administrator without anything',
      { administrator: {} as never },
      /^administrator must be \{ externalId/,
    ],
    ['an administrator without a password', { administrator: { email: 'a@example.com' } }, /has no password/],
    [
      'an administrator with a short password',
      { administrator: { email: 'a@example.com', password: 'short' } },
      /^administrator\.password must have at least \d+ characters\.$/,
    ],
    [
      'an administrator with a common password',
      { administrator: { email: 'a@example.com', password: 'password123' } },
      /is one of the most common ones/,
    ],
    [
      'an administrator that only a sign-in of its own could know',
      { administrator: { externalId: 'boss' } },
      /give identify too\.$/,
    ],
    [
      'an administrator that no sign-in could answer',
      { identify: () => null, administrator: { externalId: 'the boss' } },
      /^administrator\.externalId is "the boss"/,
    ],
    ['plans that are no list', { plans: {} as never }, /^plans must be a list of plans\.$/],
    [
      'plans with faults',
      {
        plans: [
          { ...PLAN, price: '9.999', color: 'red' } as never,
          { ...PLAN, code: 'b', quotas: [{ quotaType: 'pictures', quotaLimit: 1 }] },
          { ...PLAN, code: 'c', features: { max_conccurent: 1 } },
          { ...PLAN, code: 'd', trialDays: 14 },
          { ...PLAN, code: 'd' },
          null as never,
        ],
      },
      [
        /^plans, "basic": color /,
        /^plans, "basic": price /,
        /^plans, "b": quotas\.0\.quotaType /,
        /^plans, "c": features\.max_conccurent is not a feature/,
        /^plans, "d": trialDays must be 0/,
        /^plans, number 6: /,
      ],
    ],
    ['two plans of one code', { plans: [PLAN, PLAN] }, /^plans, "basic": there are two of that code\.$/],
    [
      'a plan for new accounts that costs',
      { plans: [{ ...PLAN, price: '1.00' }], freePlan: 'basic' },
      /^plans, "basic": it is the plan that a new account gets, so its price must be 0\.00/,
    ],
  ])('is refused with %s', async (_, options, lines) => {
    const faults = await refusal({ options });
    expect(faults).toEqual([lines].flat().map((line) => expect.stringMatching(line)));
  });

  it.each([
    { prefix: '' },
    { prefix: '/' },
    { prefix: 'a b' },
    { prefix: 'a//b' },
    { prefix: 1 },
    {},
    [],
    'billing',
  ])('is refused with the routes %j', async (routes) => {
    const [fault, ...others] = await refusal({ routes: routes as never });
    expect(fault).toMatch(/^routes is .* such as \{ prefix: 'billing' \}\.$/);
    expect(others).toEqual([]);
  });

  it('is refused where a plan that is there contradicts the one that it declares', async () => {
    const yearly = { ...PLAN, code: 'pro', price: '99.00', billingCycle: 'yearly' as const };
    expect(await refusal({ options: { plans: [yearly] } })).toEqual([
      'plans: pro is monthly and stays so; sell the other cycle under another code.',
    ]);
    expect(await refusal({ options: { plans: [{ ...PLAN, code: 'pro' }] } })).toEqual([
      'plans: price must be more than 0 for a plan that costs money.',
    ]);
  });

  it('is told of every mistake at once', async () => {
    const options = {
      publicUrl: 'pay.example.com',
      dataSource: createDataSource({ url: database.url }),
    };
    const faults = await refusal({ rawBody: false, controller: MistakenController, options });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'Webhooks',
      'publicUrl',
      "@RequireQuota('x-ray')",
      'The',
    ]);
  });

  describe('that has forgotten something', () => {
    beforeEach(async () => {
      await dataSource.query('UPDATE commercial_jobs.version SET cron_on = now()');
    });
    afterEach(() => sell('free', 'pro', 'enterprise'));

    /** @returns what it is warned of, all of it: the look is over when the application is closed */
    async function warnings(options: Partial<CommercialOptions> = {}): Promise<string[]> {
      const { warn } = await start({ options: { jobs: false, ...options } });
      for (const app of started.splice(0)) await app.close();
      return warn;
    }

    it('is warned where no plan is on sale', async () => {
      await sell();
      expect(await warnings()).toEqual([
        expect.stringMatching(/^No plan is on sale, .* POST \/admin\/plans, .*\.seed\(\)\.$/),
      ]);
    });

    it('is warned where a new user is to get a free plan and none is on sale', async () => {
      await sell('pro');
      expect(await warnings()).toEqual([
        expect.stringMatching(/^No free plan .* freePlanOnRegister: false\.$/),
      ]);
      expect(await warnings({ freePlanOnRegister: false })).toEqual([]);
    });

    it.each(['NULL', `now() - interval '11 minutes'`])(
      'is warned where jobs were last worked at %s',
      async (at) => {
        await dataSource.query(`UPDATE commercial_jobs.version SET cron_on = ${at}`);
        expect(await warnings()).toEqual([
          expect.stringMatching(/^No process has worked the jobs .* jobs: true in one process\.$/),
        ]);
        expect(await warnings({ jobs: true })).toEqual([]);
      },
    );

    it('is warned of missing jobs where they were never installed', async () => {
      const fresh = await open(await ownDatabase(), {});
      await new PlansService(fresh, new SystemClock()).seed();
      expect(await warnings({ dataSource: fresh })).toEqual([
        expect.stringMatching(/^No process has worked the jobs /),
      ]);
    });

    it('is warned of nothing where another process works them, which leaves its sign', async () => {
      await dataSource.query('UPDATE commercial_jobs.version SET cron_on = NULL');
      await start();
      const sign = `SELECT cron_on FROM commercial_jobs.version`;
      await until(async () => (await dataSource.query(sign))[0].cron_on !== null);
      expect(await warnings()).toEqual([]);
    });
  });
});
