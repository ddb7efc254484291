import 'reflect-metadata';
import { Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import {
  AlipayProvider,
  CommercialModule,
  CurrentUser,
  PlansService,
  RequireQuota,
  SystemClock,
  commercialEntities,
  commercialMigrations,
  runMigrations,
  type AlipayOptions,
  type AuthenticatedUser,
} from '@idoctor/commercial';
import { ALIPAY_GATEWAY_PATH, SandboxModule, createSandboxCredentials } from '@idoctor/commercial-sandbox';
import { DataSource } from 'typeorm';

// A host as a stranger writes one, on the installed packages and a PostgreSQL. It goes through what its customers do, and
// ends with an error where an answer is not the right one.

const url = `http://127.0.0.1:${process.env['PORT']}`;
const { merchant, gateway } = createSandboxCredentials();
const clock = new SystemClock();
const dataSource = new DataSource({
  type: 'postgres',
  url: process.env['DATABASE_URL']!,
  entities: [...commercialEntities],
  migrations: [...commercialMigrations],
  migrationsTransactionMode: 'each',
});

@Controller()
class ProcessController {
  @Post('process/:study')
  @RequireQuota('dicom_processing', { cost: 1, resourceId: (req) => req.params.study })
  process(@CurrentUser() user: AuthenticatedUser): { processedFor: string } {
    return { processedFor: user.accountId };
  }
}

@Module({
  imports: [
    CommercialModule.forRoot({
      dataSource,
      clock,
      jwt: { secret: 'a key that is made for this check alone' },
      publicUrl: url,
      payments: { alipay: { ...merchant.alipay, gateway: url + ALIPAY_GATEWAY_PATH } },
      jobs: true,
    }),
    SandboxModule.forRoot({ publicUrl: () => url, credentials: gateway, journalPath: null, clock }),
  ],
  controllers: [ProcessController],
})
class HostModule {}

async function main(): Promise<void> {
  lookAtNames();
  lookAtAStackTrace();
  await dataSource.initialize();
  await runMigrations(dataSource);
  const adapter = process.env['PLATFORM'] === 'fastify' ? new FastifyAdapter() : new ExpressAdapter();
  const app = await NestFactory.create(HostModule, adapter, {
    rawBody: true,
    logger: ['error', 'warn'],
  });
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, new DocumentBuilder().build()));
  await app.init();
  await app.get(PlansService, { strict: false }).seed();
  await app.listen(Number(process.env['PORT']), '127.0.0.1');
  try {
    await useTheGuard();
    await lookAtTheDocuments();
  } finally {
    await app.close();
    await dataSource.destroy();
  }
}

/** A bundler renames classes that have the same name; TypeORM writes these names to the database. */
function lookAtNames(): void {
  const migrations = commercialMigrations.map(({ name }) => name);
  const strange = migrations.filter((name) => !/^[A-Z][A-Za-z]+[0-9]{13}$/.test(name));
  const entities = commercialEntities.map(({ name }) => name);
  strange.push(...entities.filter((name) => !/^[A-Z][A-Za-z]+$/.test(name)));
  if (strange.length > 0) throw new Error(`classes have names that no file gave them: ${strange.join(', ')}`);
  if (new Set(entities).size < entities.length) throw new Error('two entities have the same name');
}

/** With `--enable-source-maps` it leads to the line in src/. */
function lookAtAStackTrace(): void {
  try {
    new AlipayProvider({} as AlipayOptions, clock);
  } catch (error) {
    const stack = (error as Error).stack!;
    if (/new AlipayProvider .*src\/providers\/alipay\/alipay\.provider\.ts:[1-9]/.test(stack)) return;
    throw new Error('the stack trace does not lead to src/', { cause: error });
  }
  throw new Error('a provider without options was accepted');
}

async function useTheGuard(): Promise<void> {
  await answer(401, 'POST', '/process/one');
  const registered = await answer(201, 'POST', '/auth/register', {
    email: 'anna@example.com',
    password: 'correct horse battery staple',
  });
  const { accessToken } = (await registered.json()) as { accessToken: string };
  for (let study = 1; study <= 10; study += 1) {
    await answer(201, 'POST', `/process/${study}`, {}, accessToken);
  }
  await answer(402, 'POST', '/process/11', {}, accessToken);
  const ordered = await answer(
    201,
    'POST',
    '/subscriptions',
    { planCode: 'pro', provider: 'alipay' },
    accessToken,
  );
  const { payment } = (await ordered.json()) as { payment: { orderId: string; paymentUrl: string } };
  // The buyer opens the link; before that the gateway knows of no order.
  await fetch(payment.paymentUrl);
  await answer(204, 'POST', `/sandbox/payments/${payment.orderId}/pay`);
  // Looked at until it is paid: the notification is on its way.
  for (let status = ''; status !== 'paid';) {
    const shown = await answer(200, 'GET', `/payments/${payment.orderId}`, undefined, accessToken);
    ({ status } = (await shown.json()) as { status: string });
  }
  await answer(201, 'POST', '/process/11', {}, accessToken);
  const receipt = await answer(
    200,
    'GET',
    `/payments/${payment.orderId}/receipt.pdf`,
    undefined,
    accessToken,
  );
  const pdf = Buffer.from(await receipt.arrayBuffer());
  if (!pdf.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error('the receipt is not a PDF');
  console.log(`guard, order, payment and a receipt of ${pdf.length} bytes`);
}

async function lookAtTheDocuments(): Promise<void> {
  const page = await (await answer(200, 'GET', '/docs')).text();
  const assets = Array.from(
    page.matchAll(/(?:src|href)="([^"#]+)"/g),
    ([, path]) => new URL(path!, `${url}/docs`),
  );
  if (assets.length < 3) throw new Error('Swagger UI names no files of its own');
  for (const { pathname } of assets) {
    const bytes = (await (await answer(200, 'GET', pathname)).arrayBuffer()).byteLength;
    if (bytes === 0) throw new Error(`${pathname} is empty`);
  }
  console.log(`Swagger UI with ${assets.length} files`);
}

async function answer(
  status: number,
  method: string,
  path: string,
  body?: object,
  token?: string,
): Promise<Response> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (response.status === status) return response;
  throw new Error(`${method} ${path} answered ${response.status}, not ${status}: ${await response.text()}`);
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
