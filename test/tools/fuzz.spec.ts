import { readFile } from 'node:fs/promises';
import type { OpenApiDocument } from '../../tools/fuzz/document.js';
import { fuzz } from '../../tools/fuzz/run.js';
import { startApp } from '../support/app.js';
import { expectInvariants } from '../support/invariants.js';

describe('the generator of requests', () => {
  it('finds no 5xx, no answer that breaks its schema, and no refusal that isn’t a listed problem', async () => {
    const document = JSON.parse(await readFile('openapi.json', 'utf8')) as OpenApiDocument;
    const app = await startApp({ clockRoute: false });
    try {
      const { counts, faults } = await fuzz(app, document, { seed: 20_261_122, requests: 600 });
      expect(faults).toEqual([]);
      const reached = Object.values(counts).filter((statuses) =>
        Object.keys(statuses).some((status) => status < '300'),
      );
      expect(reached.length).toBeGreaterThan(40);
      await expectInvariants(app.dataSource);
    } finally {
      await app.close();
    }
    // Hundreds of requests, each with its answer held to the document.
  }, 120_000);
});
