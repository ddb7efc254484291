import { readFileSync } from 'node:fs';
import { readConfiguration } from './configuration.js';
import { environmentSchema } from './environment.js';

const lines = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').split('\n');
const assignments = lines.flatMap((line) => (/^([A-Z0-9_]+)=(.*)$/.exec(line) ? [line.split('=')] : []));

describe('.env.example', () => {
  it('lists exactly the names that the app reads', () => {
    expect(assignments.map(([name]) => name).toSorted()).toEqual(
      Object.keys(environmentSchema.shape).toSorted(),
    );
  });

  it('sets none of them, so that a copy changes nothing', () => {
    expect(assignments.filter(([, value]) => value !== '')).toEqual([]);
    expect(readConfiguration(Object.fromEntries(assignments))).toEqual(readConfiguration({}));
  });
});
