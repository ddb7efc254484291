import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PlansService } from '@idoctor/commercial';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DataSource } from 'typeorm';
import { SignIn } from '../../../src/auth/api/sign-in/sign-in.service.js';
import { type TestDatabase, createTestDatabase } from '../../../test/support/database.js';
import { createApplication } from '../src/application.js';
import { createHostDataSource } from '../src/data-source.js';
import { StudyProcessor } from '../src/dicom/study-processor.js';
import { brainSlice, singleFile } from './shipped-studies.js';
import { sourceWorker } from './worker.js';

const FREE_LIMIT = 10;

let database: TestDatabase;
let dataSource: DataSource;
let app: NestExpressApplication;
let port: number;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = await createHostDataSource(database.url).initialize();
  const processor = new StudyProcessor({ worker: sourceWorker, concurrency: 1, queue: 2 });
  app = await createApplication({ dataSource, jwtSecret: 'k'.repeat(32), processor });
  await app.listen(0, '127.0.0.1');
  port = (app.getHttpServer().address() as AddressInfo).port;
  await app.get(PlansService, { strict: false }).seed();
});

afterAll(async () => {
  await app?.close();
  await dataSource?.destroy();
  await database?.drop();
});

const CLIENT = { address: '127.0.0.1', userAgent: null };

let users = 0;

async function signUp(): Promise<string> {
  users += 1;
  const credentials = { email: `doctor${users}@example.com`, password: 'a long enough phrase' };
  const { accessToken } = await app.get(SignIn, { strict: false }).register(credentials, 'en', CLIENT);
  return accessToken;
}

function formOf(files: readonly Buffer[], field = 'files'): FormData {
  const form = new FormData();
  for (const file of files) form.append(field, new Blob([new Uint8Array(file)]), 'slice.dcm');
  return form;
}

async function send(token: string | null, path: string, body: BodyInit | null, headers: HeadersInit = {}) {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    body,
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

async function usage(token: string): Promise<{ resource_id: string; status: string }[]> {
  const [, payload] = token.split('.');
  const { sub } = JSON.parse(Buffer.from(payload!, 'base64url').toString()) as { sub: string };
  return dataSource.query(
    'SELECT resource_id, status FROM commercial.usage_logs WHERE user_id = $1 ORDER BY created_at',
    [sub],
  );
}

describe('POST /process/:patientName/:studyDate', () => {
  it('measures a study, and counts it', async () => {
    const token = await signUp();
    const files = formOf([brainSlice(2), brainSlice(1)]);
    const { status, headers, body } = await send(
      token,
      '/process/%E5%BC%A0%E4%B8%89/20260314?threshold=300',
      files,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      patientName: '张三',
      studyDate: '2026-03-14',
      study: { modality: 'MR', slices: 2, volume: { threshold: 300, method: 'given' } },
      preview: expect.stringMatching(/^data:image\/png;base64,iVBORw0KGgo/),
    });
    expect(headers.get('x-quota-limit')).toBe(String(FREE_LIMIT));
    expect(headers.get('x-quota-remaining')).toBe(String(FREE_LIMIT - 1));
    expect(await usage(token)).toEqual([{ resource_id: '张三_20260314', status: 'consumed' }]);
  });

  it('asks who is calling before it reads anything', async () => {
    expect(await send(null, '/process/a/20260314', formOf([brainSlice(1)]))).toMatchObject({
      status: 401,
      body: { code: 'UNAUTHENTICATED' },
    });
  });

  it('refuses the study after the last of the plan', async () => {
    const token = await signUp();
    for (let count = 1; count <= FREE_LIMIT; count += 1) {
      const { status } = await send(token, '/process/a/20260314', formOf([brainSlice(1)]));
      expect(status).toBe(200);
    }
    const refused = await send(token, '/process/a/20260314', formOf([brainSlice(1)]));
    expect(refused).toMatchObject({
      status: 402,
      body: { code: 'QUOTA_EXCEEDED', quota: { used: FREE_LIMIT, limit: FREE_LIMIT, remaining: 0 } },
    });
  });
});

describe('a request that fails', () => {
  let token: string;

  beforeEach(async () => {
    token = await signUp();
  });

  /** Sends it, and sees that the quota is back as soon as the answer is here. */
  async function refusal(path: string, body: BodyInit, headers: HeadersInit = {}) {
    const answer = await send(token, path, body, headers);
    expect((await usage(token)).filter(({ status }) => status === 'consumed')).toEqual([]);
    return answer;
  }

  it.each<[string, () => FormData, number, string]>([
    ['a broken file', () => formOf([singleFile('rle').subarray(0, 90_000)]), 422, 'CORRUPT'],
    ['a file that is no DICOM', () => formOf([Buffer.from('hello')]), 422, 'NOT_DICOM'],
    ['an empty file', () => formOf([Buffer.alloc(0)]), 422, 'NOT_DICOM'],
    ['files of two series', () => formOf([singleFile('rle'), singleFile('jpeg_2000')]), 422, 'MIXED_SERIES'],
    ['no file', () => formOf([]), 400, 'EMPTY'],
  ])('for %s says what is wrong, and costs nothing', async (_, form, status, code) => {
    const answer = await refusal('/process/a/20260314', form());
    expect(answer).toMatchObject({ status, body: { status, code, detail: expect.any(String) } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it.each([
    ['a day that does not exist', '/process/a/20260231', 'studyDate'],
    ['a date in another form', '/process/a/14.3.2026', 'studyDate'],
    ['a name that is too long', `/process/${'n'.repeat(65)}/20260314`, 'patientName'],
    ['a blank name', '/process/%20/20260314', 'patientName'],
    ['a threshold that is no number', '/process/a/20260314?threshold=much', 'threshold'],
    ['two thresholds', '/process/a/20260314?threshold=1&threshold=2', 'threshold'],
  ])('for %s names the field, and costs nothing', async (_, path, field) => {
    const { status, body } = await refusal(path, formOf([brainSlice(1)]));
    expect([status, body.message]).toEqual([400, expect.stringContaining(field)]);
  });

  it.each<[string, BodyInit, HeadersInit]>([
    ['files in another field', formOf([Buffer.from('x')], 'file'), {}],
    [
      'a form that is cut off',
      '--x\r\nContent-Disposition: form-data; na',
      { 'content-type': 'multipart/form-data; boundary=x' },
    ],
    ['a form without a boundary', 'x', { 'content-type': 'multipart/form-data' }],
    ['JSON', '{}', { 'content-type': 'application/json' }],
    ['broken JSON', '{', { 'content-type': 'application/json' }],
    ['a name with a NUL in it', formOf([Buffer.from('x')]), { 'x-path': '/process/a%00b/20260314' }],
    [
      'a name without end',
      formOf([Buffer.from('x')]),
      { 'x-path': `/process/${'n'.repeat(4_000)}/20260314` },
    ],
    ['a name in half a character', formOf([Buffer.from('x')]), { 'x-path': '/process/%E5%BC/20260314' }],
  ])('for %s answers 400, and costs nothing', async (_, body, headers) => {
    const path = new Headers(headers).get('x-path') ?? '/process/a/20260314';
    expect((await refusal(path, body, headers)).status).toBe(400);
  });
});

describe('an upload', () => {
  /** The status of an answer that comes before the upload has ended. */
  function statusOf(headers: Record<string, string>): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const upload = request({ port, method: 'POST', path: '/process/a/20260314', headers }, (answer) => {
        resolve(answer.statusCode);
        upload.destroy();
      });
      upload.on('error', reject);
      upload.write('begin');
    });
  }

  it('may not be larger than the limit, nor of unknown length', async () => {
    expect(await statusOf({ 'content-length': String(64 * 1024 * 1024 + 1) })).toBe(413);
    expect(await statusOf({ 'transfer-encoding': 'chunked' })).toBe(411);
    expect(await statusOf({ 'content-length': String(64 * 1024 * 1024) })).toBe(401);
  });

  it('waits for its turn, but not in any number', async () => {
    const token = await signUp();
    const form = () => formOf([brainSlice(1)]);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => send(token, '/process/a/20260314', form())),
    );
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ body: { code: 'TOO_BUSY' } });
    expect(refused[0]!.headers.get('retry-after')).toBe('10');
    const consumed = (await usage(token)).filter(({ status }) => status === 'consumed').length;
    expect(consumed).toBe(answers.filter(({ status }) => status === 200).length);
  });
});
