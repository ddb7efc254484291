import { readFileSync } from 'node:fs';
import { CATALOGUE } from '../../src/problems/catalogue.js';

/** The committed document; `npm run openapi:check` holds it to the code. */
const document = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'));

const CONTRACT = `
  post /auth/register · post /auth/login · post /auth/refresh · post /auth/logout
  get /users/me · put /users/me · post /users/me/password
  post /api-keys · get /api-keys · delete /api-keys/{id}
  get /plans · post /subscriptions · get /subscriptions/current
  get /payments · get /payments/{orderId} · post /payments/{orderId}/close · post /payments/{orderId}/refunds
  post /webhooks/alipay · post /webhooks/wechat
  get /quota · post /quota/check · post /quota/consume · get /usage
  get /health/live · get /health/ready · get /metrics
  post /sandbox/payments/{orderId}/pay · get /sandbox/cashier/{orderId}
  get /docs · get /docs-json`
  .split(/[·\n]/)
  .map((route) => route.trim())
  .filter(Boolean);

const operations: [string, any][] = Object.entries<any>(document.paths).flatMap(([path, item]) =>
  Object.entries<any>(item).map(([method, operation]): [string, any] => [`${method} ${path}`, operation]),
);

const resolved = (part: any): any =>
  part?.$ref
    ? part.$ref
        .split('/')
        .slice(1)
        .reduce((place: any, name: string) => place[name], document)
    : part;

const bodiesOf = (operation: any): [string, any][] =>
  Object.entries<any>({ request: operation.requestBody, ...operation.responses }).flatMap(([name, body]) =>
    Object.entries<any>(resolved(body)?.content ?? {}).map(([type, media]): [string, any] => [
      `${name} ${type}`,
      media,
    ]),
  );

describe('openapi.json', () => {
  it.each(CONTRACT)('lists %s', (route) => {
    expect(operations.map(([name]) => name)).toContain(route);
  });

  it('knows the closed list of error codes', () => {
    expect(document.components.schemas.Problem.properties.code.enum).toEqual(Object.keys(CATALOGUE).sort());
    for (const code of Object.keys(CATALOGUE)) expect(document.info.description).toContain(`\`${code}\``);
  });

  it('gives every time its format, and no number a fraction', () => {
    const schemas: any[] = Object.values(document.components.schemas);
    const properties = schemas.flatMap((schema) => Object.entries<any>(schema.properties ?? {}));
    const times = properties.filter(([name, property]) => name.endsWith('At') && property.type === 'string');
    expect(times.length).toBeGreaterThan(10);
    expect(times.filter(([, property]) => property.format !== 'date-time')).toEqual([]);
    expect(properties.filter(([, property]) => property.type === 'number')).toEqual([]);
  });

  it('calls our own ids UUIDs, and not what others name, nor what an audit entry is about', () => {
    const format = (schema: string, name: string) =>
      document.components.schemas[schema].properties[name].format;
    expect(format('AuditEntry', 'id')).toBe('uuid');
    // A plan's code is one, an order's number another.
    expect(format('AuditEntry', 'subjectId')).toBeUndefined();
    expect(format('Payment', 'orderId')).toBeUndefined();
  });

  it('tells the waiting time with 429, and which key replays', () => {
    expect(resolved(document.paths['/auth/login'].post.responses['429']).headers).toHaveProperty(
      'Retry-After',
    );
    for (const path of ['/subscriptions', '/quota/consume', '/payments/{orderId}/refunds']) {
      const names = document.paths[path].post.parameters.map((parameter: any) => resolved(parameter).name);
      expect(names).toContain('Idempotency-Key');
    }
  });

  it('names every operation once, by a verb', () => {
    const names = operations.map(([, { operationId }]) => operationId);
    expect(names.filter((name) => !/^[a-z][A-Za-z]+$/.test(name))).toEqual([]);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names).toEqual(
      expect.arrayContaining([
        'consumeQuota',
        'holdQuota',
        'changePlan',
        'getCurrentSubscription',
        'register',
      ]),
    );
  });

  it('gives no schema the suffix of its class', () => {
    const names = Object.keys(document.components.schemas);
    expect(names.filter((name) => /(Dto|View|Answer|Body)$/.test(name))).toEqual([]);
  });

  describe.each(operations)('%s', (_, operation) => {
    it('has a summary of at most 60 characters', () => {
      expect(operation.summary.length).toBeLessThanOrEqual(60);
    });

    it('says what it is for, under a tag that is explained, and who may call it', () => {
      expect(operation).toMatchObject({ summary: expect.stringMatching(/\S/), security: expect.any(Array) });
      const known = document.tags.map(({ name }: { name: string }) => name);
      for (const tag of operation.tags) expect(known).toContain(tag);
    });

    it('shows an example of every JSON body', () => {
      const bare = bodiesOf(operation)
        .filter(([name]) => name.includes('json'))
        .filter(([, media]) => media.example === undefined && media.examples === undefined);
      expect(bare.map(([name]) => name)).toEqual([]);
    });

    it('documents its answers, a success among them', () => {
      const statuses = Object.keys(operation.responses);
      expect(statuses.some((status) => status.startsWith('2'))).toBe(true);
      expect(statuses).toContain('500');
      for (const response of Object.values(operation.responses))
        expect(resolved(response).description).toMatch(/\S/);
    });
  });
});
