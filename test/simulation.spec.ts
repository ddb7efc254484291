import { simulate } from '../simulate/simulation.js';
import { createTestDatabase, type TestDatabase } from './support/database.js';

describe('the simulation', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('lives through half a year in which every rule holds', async () => {
    const outcome = await simulate({ seed: 3, customers: 25, years: 0.5, database: { url: database.url } });
    expect(outcome.violations).toEqual([]);
    expect(outcome.days).toBe(183);
    expect(outcome.checks).toBeGreaterThan(100);
    expect(outcome.paidFen).toBeGreaterThan(outcome.refundedFen);
    expect(Object.keys(outcome.deeds)).toEqual(expect.arrayContaining(['bought']));
  }, 120_000);
});
