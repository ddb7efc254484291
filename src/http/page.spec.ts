import { Problem } from '../problems/problem.js';
import { decodeCursor, encodeCursor } from './page.js';

const POSITION = {
  createdAt: new Date('2026-11-24T08:00:00.123Z'),
  id: '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11',
};

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}

describe('a cursor', () => {
  it('comes back as the position it was made of', () => {
    expect(decodeCursor(encodeCursor(POSITION))).toEqual(POSITION);
    expect(encodeCursor(POSITION)).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  it.each([
    '',
    'x',
    '%',
    encoded('2026-11-24T08:00:00.123Z'),
    encoded(`2026-11-24T08:00:00.123Z ${POSITION.id} `),
    encoded(`2026-99-24T08:00:00.123Z ${POSITION.id}`),
    encoded(`2026-11-24T08:00:00.123Z ${POSITION.id}'; DROP`),
    encoded('2026-11-24T08:00:00.123Z 019f1f0e'),
  ])('is refused as %j, and named', (cursor) => {
    const refusal = () => decodeCursor(cursor);
    expect(refusal).toThrow(Problem);
    expect(refusal).toThrow(
      expect.objectContaining({
        facts: expect.objectContaining({ errors: [expect.objectContaining({ field: 'cursor' })] }),
      }),
    );
  });
});
