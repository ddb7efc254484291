import type { AddressInfo } from 'node:net';
import { PlansService } from '@idoctor/commercial';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DataSource } from 'typeorm';
import { SignIn } from '../../../src/auth/api/sign-in/sign-in.service.js';
import { type TestDatabase, createTestDatabase } from '../../../test/support/database.js';
import { until } from '../../../test/support/embedded-process.js';
import { createApplication } from '../src/application.js';
import { createHostDataSource } from '../src/data-source.js';
import { StudyProcessor } from '../src/dicom/study-processor.js';
import type { ProcessedStudy } from '../src/dicom/study.js';
import { brainSlice, brainVolume, singleFile } from './shipped-studies.js';
import { sourceWorker } from './worker.js';

const HELD = 5;

/** Begins a study only when it is let, and knows in which order they began, by their number of files. */
class GatedProcessor extends StudyProcessor {
  readonly begun: number[] = [];
  private gate = Promise.resolve();
  open: () => void = () => {};

  close(): void {
    this.gate = new Promise((resolve) => (this.open = resolve));
  }

  override async process(
    ...[files, options]: Parameters<StudyProcessor['process']>
  ): Promise<ProcessedStudy> {
    this.begun.push(files.length);
    await this.gate;
    return super.process(files, options);
  }
}

let database: TestDatabase;
let dataSource: DataSource;
let processor: GatedProcessor;
let app: NestExpressApplication;
let url: string;

async function start(): Promise<NestExpressApplication> {
  const host = await createApplication({ dataSource, jwtSecret: 'k'.repeat(32), processor });
  await host.listen(0, '127.0.0.1');
  return host;
}

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createHostDataSource(database.url).initialize();
  processor = new GatedProcessor({ worker: sourceWorker });
  app = await start();
  url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  await app.get(PlansService, { strict: false }).seed();
});

afterEach(() => processor.open());

afterAll(async () => {
  await app?.close();
  await dataSource?.destroy();
  await database?.drop();
});

interface Doctor {
  token: string;
  id: string;
}

let doctors = 0;

/** Somebody on a plan, with the free plan's quota. */
async function signUp(planCode: 'free' | 'pro' | 'enterprise' = 'free'): Promise<Doctor> {
  doctors += 1;
  const credentials = { email: `doctor${doctors}@example.com`, password: 'a long enough phrase' };
  const client = { address: '127.0.0.1', userAgent: null };
  const { user, accessToken } = await app.get(SignIn, { strict: false }).register(credentials, 'en', client);
  await dataSource.query(
    `UPDATE commercial.subscriptions SET plan_id = (
       SELECT id FROM commercial.subscription_plans WHERE code = $1 ORDER BY version DESC LIMIT 1)
     WHERE account_id = (SELECT personal_account_id FROM commercial.users WHERE id = $2)`,
    [planCode, user.id],
  );
  return { token: accessToken, id: user.id };
}

async function call({ token }: Doctor, path: string, body: FormData | null = null) {
  const response = await fetch(url + path, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, 'accept-language': 'en' },
    body,
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

function send(doctor: Doctor, files: readonly Buffer[], query = '') {
  const form = new FormData();
  for (const file of files) form.append('files', new Blob([new Uint8Array(file)]), 'slice.dcm');
  return call(doctor, `/studies/a/20260314${query}`, form);
}

async function ended(doctor: Doctor, jobId: string) {
  let job = await call(doctor, `/jobs/${jobId}`);
  await until(async () => {
    job = await call(doctor, `/jobs/${jobId}`);
    return job.body.status !== 'waiting' && job.body.status !== 'running';
  });
  return job.body;
}

function usage({ id }: Doctor): Promise<{ status: string; cost: number }[]> {
  return dataSource.query(
    'SELECT status, cost FROM commercial.usage_logs WHERE user_id = $1 ORDER BY created_at, id',
    [id],
  );
}

describe('POST /studies/:patientName/:studyDate', () => {
  it('holds the most that a study may cost, and takes what it cost in truth', async () => {
    const doctor = await signUp();
    processor.close();
    const accepted = await send(doctor, brainVolume(), '?threshold=300');
    expect(accepted).toMatchObject({
      status: 202,
      body: { jobId: expect.any(String), patientName: 'a', studyDate: '2026-03-14', priority: 'low' },
    });
    expect(accepted.headers.get('x-quota-remaining')).toBe('5');
    expect(await usage(doctor)).toEqual([{ status: 'held', cost: HELD }]);
    processor.open();
    expect(await ended(doctor, accepted.body.jobId)).toMatchObject({
      status: 'done',
      cost: 1,
      study: { modality: 'MR', slices: 20, volume: { threshold: 300, method: 'given' } },
      preview: expect.stringMatching(/^data:image\/png;base64,iVBORw0KGgo/),
    });
    expect(await usage(doctor)).toEqual([{ status: 'consumed', cost: 1 }]);
  });

  it.each<[string, readonly Buffer[], string]>([
    ['a broken file', [singleFile('rle').subarray(0, 90_000)], 'CORRUPT'],
    ['files of two series', [singleFile('rle'), singleFile('jpeg_2000')], 'MIXED_SERIES'],
    ['no file', [], 'EMPTY'],
  ])('takes nothing for %s', async (_, files, code) => {
    const doctor = await signUp();
    const { body } = await send(doctor, files);
    expect(await ended(doctor, body.jobId)).toMatchObject({ status: 'failed', problem: { code } });
    expect(await usage(doctor)).toEqual([{ status: 'released', cost: HELD }]);
  });

  it('refuses a parameter before anything is queued, and takes nothing', async () => {
    const doctor = await signUp();
    expect((await send(doctor, [brainSlice(1)], '?threshold=much')).status).toBe(400);
    expect(await usage(doctor)).toEqual([{ status: 'released', cost: HELD }]);
  });

  it('lets as many run at once as the plan allows', async () => {
    const doctor = await signUp('free');
    processor.close();
    const first = await send(doctor, [brainSlice(1)]);
    const second = await send(doctor, [brainSlice(2)]);
    expect(second).toMatchObject({ status: 429, body: { code: 'CONCURRENCY_LIMIT' } });
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
    processor.open();
    await ended(doctor, first.body.jobId);
    const last = await send(doctor, [brainSlice(2)]);
    expect(last.status).toBe(202);
    expect(await ended(doctor, last.body.jobId)).toMatchObject({ status: 'done' });
  });

  it('begins with those whose plan promises it', async () => {
    const [low, other, medium, high] = [
      await signUp('free'),
      await signUp('free'),
      await signUp('pro'),
      await signUp('enterprise'),
    ];
    processor.close();
    processor.begun.length = 0;
    const sent = [];
    for (const [index, doctor] of [low, other, medium, high].entries()) {
      const { body } = await send(doctor, brainVolume().slice(0, index + 1));
      sent.push({ doctor, body });
      // The others come while it runs.
      if (index === 0) await until(async () => processor.begun.length === 1);
    }
    expect(sent.map(({ body }) => body.priority)).toEqual(['low', 'low', 'medium', 'high']);
    processor.open();
    for (const { doctor, body } of sent) {
      expect(await ended(doctor, body.jobId)).toMatchObject({ status: 'done' });
    }
    expect(processor.begun).toEqual([1, 4, 3, 2]);
  });

  it('shows a job to nobody else', async () => {
    const [doctor, other] = [await signUp(), await signUp()];
    const { body } = await send(doctor, [brainSlice(1)]);
    expect(await call(other, `/jobs/${body.jobId}`)).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
    expect((await ended(doctor, body.jobId)).status).toBe('done');
  });

  it('gives back what waits when the service stops, and finishes what runs', async () => {
    const [running, waiting] = [await signUp(), await signUp()];
    processor.close();
    for (const doctor of [running, waiting]) expect((await send(doctor, [brainSlice(1)])).status).toBe(202);
    const closed = app.close();
    await until(async () => (await usage(waiting))[0]!.status === 'released');
    processor.open();
    await closed;
    expect(await usage(running)).toEqual([{ status: 'consumed', cost: 1 }]);
    expect(await usage(waiting)).toEqual([{ status: 'released', cost: HELD }]);
  });
});
