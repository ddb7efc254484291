import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { MetricsController } from '../../src/app/metrics/metrics.controller.js';
import { environmentSchema } from '../../src/config/environment.js';
import { readConfiguration } from '../../src/config/configuration.js';

const file = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: Record<string, string>;
  annotations: { summary: string };
}

async function alertRules(): Promise<Rule[]> {
  const { groups } = parse(await file('ops/alerts.yml')) as { groups: { rules: Rule[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

async function dashboardQueries(): Promise<string[]> {
  const { panels } = JSON.parse(await file('ops/dashboard.json')) as {
    panels: { targets: { expr: string }[] }[];
  };
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
}

/** The metrics that a query names: words that are no function, no label and nothing in quotes or braces. */
function metricsIn(query: string): string[] {
  const bare = query
    .replace(/\{[^}]*\}/g, ' ')
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\bby\s*\([^)]*\)/g, ' ');
  return [...bare.matchAll(/[a-z_][a-z0-9_]*(?!\w*\s*\()/g)]
    .map(([word]) => word)
    .filter((word) => word.includes('_') && !/^(histogram_quantile|humanize_\w+)$/.test(word));
}

describe('the files for operators', () => {
  let shown: Set<string>;

  beforeAll(async () => {
    const text = await new MetricsController(null).metrics();
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
    shown = new Set(
      types.flatMap(([, name, type]) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name!],
      ),
    );
  });

  it('query only metrics that /metrics shows', async () => {
    const queries = [...(await dashboardQueries()), ...(await alertRules()).map(({ expr }) => expr)];
    const named = new Set(queries.flatMap(metricsIn));
    expect(named.size).toBeGreaterThan(15);
    expect([...named].filter((name) => !shown.has(name))).toEqual([]);
  });

  it('have every metric of our own on the dashboard or under an alert', async () => {
    const text = [...(await dashboardQueries()), ...(await alertRules()).map(({ expr }) => expr)].join('\n');
    const own = [...shown]
      .filter((name) => /^(commercial|http)_/.test(name))
      .map((name) => name.replace(/_(bucket|sum|count)$/, ''));
    expect(own.filter((name) => !text.includes(name))).toEqual([]);
  });

  it('say for each alert what it means and what an operator does, and for no other', async () => {
    const alerts = (await alertRules()).map(({ alert }) => alert);
    const [, section = ''] = (await file('docs/operate/operations.md')).split('\n## Alerts\n');
    const told = section
      .split('\n### ')
      .slice(1)
      .map((part) => part.split('\n\n'));
    expect(told.map(([heading]) => heading)).toEqual(alerts);
    for (const [, ...text] of told) expect(text.join(' ').length).toBeGreaterThan(80);
  });

  it('have alerts with a severity and a summary', async () => {
    for (const { labels, annotations } of await alertRules()) {
      expect(['page', 'ticket']).toContain(labels['severity']);
      expect(annotations.summary).not.toBe('');
    }
  });
});

interface Service {
  image?: string;
  environment: Record<string, string>;
  env_file?: string;
  depends_on?: Record<string, { condition: string }>;
  healthcheck: { test: string[] };
  read_only?: boolean;
  cap_drop?: string[];
  volumes?: string[];
}

describe('docker-compose.yml', () => {
  let services: Record<string, Service>;
  let volumes: Record<string, unknown>;

  beforeAll(async () => {
    ({ services, volumes } = parse(await file('docker-compose.yml')));
  });

  it('gives the app only names that it reads, and all that production needs beside the secrets', async () => {
    const { environment, env_file } = services['app']!;
    expect(Object.keys(environment).filter((name) => !(name in environmentSchema.shape))).toEqual([]);
    expect(env_file).toBe('.env');
    const secret = 'Ym1oVq3rM0Jw8xkX2sP7aL5tZ9dC4eGh';
    const configuration = readConfiguration({
      ...environment,
      DATABASE_URL: environment['DATABASE_URL']!.replace(/\$\{POSTGRES_PASSWORD:\?[^}]*\}/, secret),
      JWT_SECRET: secret,
      PUBLIC_URL: 'https://pay.example.cn',
    });
    expect(configuration).toMatchObject({ production: true, host: '0.0.0.0', port: 3000, sandbox: false });
    expect(new URL(configuration.databaseUrl!).hostname).toBe('database');
  });

  it('holds no secret, and refuses to start without the database’s', async () => {
    const text = await file('docker-compose.yml');
    expect(text).not.toMatch(/^\s*\w*(PASSWORD|SECRET|KEY): *(?!\$\{)\S/m);
    expect(text).toContain('${POSTGRES_PASSWORD:?');
  });

  it('starts the app when the database answers, keeps the data, and takes rights away', () => {
    expect(services['app']!.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(services['database']!.healthcheck.test).toContain('pg_isready');
    expect(services['app']!.healthcheck.test.join(' ')).toContain('/health/ready');
    const [volume] = services['database']!.volumes!;
    expect(Object.keys(volumes)).toContain(volume!.split(':')[0]);
    expect(services['app']).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  });

  it('builds an image that doesn’t run as root', async () => {
    const dockerfile = await file('Dockerfile');
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile.indexOf('USER node')).toBeGreaterThan(dockerfile.lastIndexOf('FROM '));
  });
});
