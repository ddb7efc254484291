import { fingerprint } from './idempotency.service.js';

const of = (body: unknown, path = '/quota/consume') => fingerprint(path, body).toString('hex');

describe('the fingerprint of a request', () => {
  it('is the same for members in any order, at any depth', () => {
    expect(of({ a: 1, b: { c: [1, { d: 2, e: 3 }], f: null } })).toBe(
      of({ b: { f: null, c: [1, { e: 3, d: 2 }] }, a: 1 }),
    );
  });

  it.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 1, b: null }],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: { b: 1 } }, { a: 1, b: 1 }],
    [{}, []],
    [{}, undefined],
    [null, {}],
  ])('tells %j from %j', (one, other) => {
    expect(of(one)).not.toBe(of(other));
  });

  it('belongs to a path', () => {
    expect(of({}, '/payments/a/refunds')).not.toBe(of({}, '/payments/b/refunds'));
  });

  it('is 32 bytes, for no body as well', () => {
    expect(fingerprint('/x', undefined)).toHaveLength(32);
  });
});
