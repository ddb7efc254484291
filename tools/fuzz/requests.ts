import fc, { type Arbitrary } from 'fast-check';
import type { OpenApiDocument, Route, Schema } from './document.js';
import { broken, known, strangeText, valid, type Known } from './values.js';

export type Caller = 'nobody' | 'user' | 'apiKey' | 'admin' | 'forged';

/** One request, with `Known` values still to be filled in. */
export interface PlannedRequest {
  route: Route;
  method: string;
  caller: Caller;
  path: Record<string, unknown>;
  query: [string, unknown][];
  headers: Record<string, string | Known>;
  /** Sent as JSON, unless it is bytes, which go as they are. */
  body: unknown;
}

const RAW_BODIES: readonly Buffer[] = [
  '',
  '{',
  '[]',
  'null',
  '"text"',
  '1',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  '{"a":1,"a":2}',
  '\ufeff{}',
  '['.repeat(20_000),
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  '{"a":1e999}',
  'a=b&c=d',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
]
  .map((text) => Buffer.from(text))
  .concat([Buffer.from([0xff, 0xfe, 0x00]), Buffer.from('7b2261223a22ff227d', 'hex')]);

const STRANGE_HEADERS: readonly Record<string, string>[] = [
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-type': 'application/json; charset=utf-7' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'content-type': 'x' },
  { 'content-encoding': 'gzip' },
  { accept: 'application/xml' },
  { 'accept-language': '*;q=2,,;;,en-US-x-\u00ff' },
  { 'idempotency-key': '' },
  { 'idempotency-key': 'x'.repeat(300) },
  { 'idempotency-key': 'caf\u00e9' },
  { 'x-account-id': '00000000-0000-0000-0000-000000000000' },
  { 'x-account-id': "'" },
  { 'x-request-id': 'x'.repeat(5_000) },
  { 'x-forwarded-for': '127.0.0.1, \u00ff' },
  { 'x-forwarded-host': 'evil.example' },
  { cookie: 'a=b; __proto__=1' },
  { authorization: 'Bearer' },
  { authorization: 'Basic Og==' },
  { authorization: `Bearer ${'a.'.repeat(2_000)}` },
  { 'x-api-key': '' },
  { 'x-http-method-override': 'DELETE' },
  { 'if-none-match': '*' },
  { range: 'bytes=0-1' },
];

const callers: Arbitrary<Caller> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('user' as const) },
  { weight: 3, arbitrary: fc.constant('admin' as const) },
  { weight: 1, arbitrary: fc.constantFrom('nobody' as const, 'apiKey' as const, 'forged' as const) },
);

/** A request to any route: about half as the document wants them, half with something done to them. */
export function requests(document: OpenApiDocument, routes: readonly Route[]): Arbitrary<PlannedRequest> {
  return fc.oneof(...routes.map((route) => fc.oneof(wellFormed(document, route), tampered(document, route))));
}

function wellFormed(document: OpenApiDocument, route: Route): Arbitrary<PlannedRequest> {
  const isForAdmins = route.path.startsWith('/admin/');
  return fc.record({
    route: fc.constant(route),
    method: fc.constant(route.method),
    caller: isForAdmins ? fc.constant('admin' as const) : callers,
    path: pathValues(route, (name) => known(name)),
    query: queryValues(route, (name, schema) => valid(document, schema, name)),
    headers: fc.oneof(
      fc.constant({}),
      idempotencyKey(route, 5_000),
      isForAdmins ? fc.constant({}) : actingFor,
    ),
    body: route.body ? valid(document, route.body) : fc.constant(undefined),
  });
}

function tampered(document: OpenApiDocument, route: Route): Arbitrary<PlannedRequest> {
  const body: Arbitrary<unknown> = route.body
    ? fc.oneof(
        { weight: 4, arbitrary: broken(document, route.body) },
        { weight: 1, arbitrary: fc.constantFrom(...RAW_BODIES) },
      )
    : fc.oneof(fc.constant(undefined), fc.constantFrom(...RAW_BODIES));
  return fc.record({
    route: fc.constant(route),
    method: fc.oneof(
      { weight: 15, arbitrary: fc.constant(route.method) },
      { weight: 1, arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD') },
    ),
    caller: callers,
    path: pathValues(route, (name) =>
      fc.oneof(known(name), strangeText, fc.constantFrom('%00', '%ff', '%', '{id}')),
    ),
    query: fc
      .tuple(
        queryValues(route, (name, schema) => fc.oneof(valid(document, schema, name), strangeText)),
        fc.array(fc.tuple(fc.constantFrom('x', 'limit', '__proto__', 'limit[]', 'cursor'), strangeText), {
          maxLength: 1,
        }),
      )
      .map(([own, others]) => [...own, ...others]),
    headers: fc
      .tuple(
        fc.oneof(fc.constant({}), idempotencyKey(route, 50)),
        fc.oneof(fc.constant({}), fc.constantFrom(...STRANGE_HEADERS)),
      )
      .map(([own, strange]) => ({ ...own, ...strange })),
    body,
  });
}

function pathValues(
  route: Route,
  value: (name: string) => Arbitrary<unknown>,
): Arbitrary<Record<string, unknown>> {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  return fc.record(Object.fromEntries(names.map((name) => [name, value(name)])));
}

function queryValues(
  route: Route,
  value: (name: string, schema: Schema) => Arbitrary<unknown>,
): Arbitrary<[string, unknown][]> {
  const parameters = route.parameters.filter((parameter) => parameter.in === 'query');
  const members = parameters.map(({ name, schema = {} }) => [name, value(name, schema)] as const);
  const requiredKeys = parameters.filter(({ required }) => required).map(({ name }) => name);
  return fc
    .record(Object.fromEntries(members), { requiredKeys })
    .map((record) => Object.entries(record as Record<string, unknown>));
}

/** For an organization of the caller's; some have none. */
const actingFor = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: known('organization').map((id) => ({ 'x-account-id': id })) },
);

/** The fewer keys, the more of them meet again. */
function idempotencyKey(route: Route, keys: number): Arbitrary<Record<string, string>> {
  const takesOne = route.parameters.some(({ name }) => name.toLowerCase() === 'idempotency-key');
  return takesOne ? fc.nat(keys).map((n) => ({ 'idempotency-key': `key-${n}` })) : fc.constant({});
}
