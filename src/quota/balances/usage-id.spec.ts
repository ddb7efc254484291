import { newUsageId } from './usage-id.js';

describe('newUsageId', () => {
  it('makes UUIDv7, no two alike, however many', () => {
    const ids = Array.from({ length: 2_000 }, newUsageId);
    expect(new Set(ids).size).toBe(2_000);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(ids.map((id) => id.slice(-12))).size).toBe(2_000);
  });

  it('begins with the time', () => {
    const before = Date.now();
    const time = Number.parseInt(newUsageId().replace('-', '').slice(0, 12), 16);
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now());
  });
});
