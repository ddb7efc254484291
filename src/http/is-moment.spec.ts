import { validateSync } from 'class-validator';
import { IsMoment } from './is-moment.js';

class Query {
  @IsMoment()
  from: unknown;
}

function faults(from: unknown): number {
  return validateSync(Object.assign(new Query(), { from })).length;
}

describe('a moment', () => {
  it.each(['2026-11-24T08:00:00Z', '2026-11-24', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'])(
    'may be %s',
    (from) => expect(faults(from)).toBe(0),
  );

  it.each(['9999-12-31T23:59:60Z', '+275760-09-13T00:00:00.001Z', '-000001-01-01T00:00:00Z', 'x', '', null])(
    'isn’t %j',
    (from) => expect(faults(from)).toBe(1),
  );
});
