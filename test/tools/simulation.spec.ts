import { simulate } from '../../tools/simulate/simulation.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('the simulation', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('lives through three years on books in memory in which every rule holds', async () => {
    const outcome = await simulate({ seed: 3, customers: 60, years: 3, database: null });
    expect(outcome.violations).toEqual([]);
    expect(outcome.days).toBe(1096);
    expect(outcome.checks).toBeGreaterThan(5_000);
    expect(outcome.paidFen).toBeGreaterThan(outcome.refundedFen);
    expect(Object.keys(outcome.deeds)).toEqual(expect.arrayContaining(['bought', 'renewed at the end']));
  }, 60_000);

  it('repeats itself by its seed', async () => {
    const parameters = { seed: 7, customers: 20, years: 2, database: null };
    expect(await simulate(parameters)).toEqual(await simulate(parameters));
  }, 60_000);

  it('lives through half a year on PostgreSQL with the same rules as queries', async () => {
    const outcome = await simulate({ seed: 3, customers: 25, years: 0.5, database: { url: database.url } });
    expect(outcome.violations).toEqual([]);
    expect(outcome.checks).toBeGreaterThan(500);
    expect(outcome.paidFen).toBeGreaterThan(outcome.refundedFen);
  }, 120_000);
});
