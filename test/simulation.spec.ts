import { simulate } from '../simulate/simulation.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';

describe('the simulation', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('lives through a year and a half in which every rule holds', async () => {
    const outcome = await simulate({ seed: 3, customers: 40, years: 1.5, databaseUrl: database.url });
    expect(outcome.violations).toEqual([]);
    expect(outcome.days).toBe(548);
    expect(outcome.checks).toBeGreaterThan(500);
    expect(outcome.paidFen).toBeGreaterThan(outcome.refundedFen);
    expect(Object.keys(outcome.deeds)).toEqual(expect.arrayContaining(['bought', 'renewed at the end']));
  }, 120_000);
});
