import { queryOf, rawBodyOf, type SandboxRequest } from './sandbox-http.js';

const request: SandboxRequest = {
  method: 'POST',
  headers: {},
  socket: { destroy: () => {} },
  originalUrl: '/a',
};

it('reads the body’s bytes, and an absent body as none', () => {
  expect(rawBodyOf({ ...request, rawBody: Buffer.from('{}'), body: {} }).toString()).toBe('{}');
  for (const body of [undefined, null, {}]) expect(rawBodyOf({ ...request, body })).toHaveLength(0);
});

it('names what is missing where only the parsed body is there', () => {
  expect(() => rawBodyOf({ ...request, body: { a: 1 } })).toThrow('{ rawBody: true }');
});

it('reads the query as it was on the wire', () => {
  expect([...queryOf({ ...request, originalUrl: '/a?b=1&b=%26?' })]).toEqual([
    ['b', '1'],
    ['b', '&?'],
  ]);
  expect([...queryOf(request)]).toEqual([]);
});
