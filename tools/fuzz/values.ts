import fc, { type Arbitrary } from 'fast-check';
import { resolved, type OpenApiDocument, type Schema } from './document.js';

/** A value that the run takes from earlier answers, where there was one: an id, a refresh token, a cursor. */
export class Known {
  constructor(
    readonly name: string,
    readonly pick: number,
  ) {}
}

export function known(name: string): Arbitrary<Known> {
  return fc.nat(1_000_000).map((pick) => new Known(name, pick));
}

/** What schemas can't say: which words mean something to this application. */
const WORDS: Readonly<Record<string, readonly unknown[]>> = {
  planCode: ['free', 'pro', 'enterprise'],
  provider: ['alipay', 'wechat'],
  method: [undefined, 'page', 'native'],
  couponCode: [undefined, 'SPRING20'],
  quotaType: ['processing_count'],
  kind: ['personal'],
  resourceType: ['dicom_processing'],
  password: ['correct horse battery staple'],
  currentPassword: ['correct horse battery staple'],
  newPassword: ['correct horse battery staple'],
  amount: ['0.01', '1.00', '99.00', 1, 50],
  cost: [1, 2, 10, 1_000_000],
  returnUrl: ['https://app.idoctor.cn/done'],
  scopes: [[], undefined],
  from: ['2026-01-01T00:00:00Z'],
  to: ['2030-01-01T00:00:00.000Z'],
  expiresAt: ['2030-01-01T00:00:00Z'],
  validUntil: ['2030-01-01T00:00:00Z'],
};

/** Found in answers to earlier requests. */
const HARVESTED = new Set([
  'refreshToken',
  'orderId',
  'id',
  'cursor',
  'userId',
  'accountId',
  'sessionId',
  'refundId',
  'token',
  'url',
]);

/** Around the present, so that what begins and ends has something between. */
const SOON = { min: new Date('2026-01-01'), max: new Date('2036-01-01'), noInvalidDate: true };

const STRANGE_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202egnp.exe',
  '𝕏'.repeat(200),
  // Longer than any field may be; two of them still fit the 16 KiB that Node takes of a request's head.
  'x'.repeat(6_000),
  '=cmd|’/c calc’!A1',
  "' OR 1=1 --",
  '${jndi:ldap://127.0.0.1/x}',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '\r\nset-cookie: a=b',
  '00000000-0000-0000-0000-000000000000',
  '9999-12-31T23:59:60Z',
  '+275760-09-13T00:00:00.001Z',
];

const STRANGE: readonly unknown[] = [
  ...STRANGE_TEXTS,
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53 + 2,
  [],
  {},
  [[]],
  ['x'],
  { $ne: null },
  { length: 1 },
  { toString: 'x' },
  Array.from({ length: 200 }, () => 0),
];

export const strangeText: Arbitrary<string> = fc.oneof(
  fc.constantFrom(...STRANGE_TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const strangeValue: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...STRANGE),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  nested(40),
);

function nested(depth: number): Arbitrary<unknown> {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = { a: value };
  return fc.constant(value);
}

/** Values that the schema allows; `name` is the property or parameter that they are for. */
export function valid(document: OpenApiDocument, given: Schema, name = ''): Arbitrary<unknown> {
  const schema = resolved(document, given);
  const meant = meaningful(name, schema);
  if (meant) return meant;
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const variant = schema.oneOf ?? schema.anyOf;
  if (variant) return fc.oneof(...variant.map((one) => valid(document, one, name)));
  switch (schema.type) {
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1_000 });
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valid(document, schema.items ?? {}), { minLength: schema.minItems ?? 0, maxLength: 3 });
    case 'object':
      return validObject(document, schema);
    default:
      return text(schema);
  }
}

/** What a name says that its schema can't. */
function meaningful(name: string, schema: Schema): Arbitrary<unknown> | null {
  const words = WORDS[name]?.filter((word) => (typeof word === 'number') === isNumber(schema));
  if (words?.length) return fc.constantFrom(...words);
  if (HARVESTED.has(name)) return known(name);
  if (name === 'packCode') return known('code');
  if (name === 'code') return fc.nat(1e6).map((n) => `code-${n}`);
  if (name !== 'email') return null;
  return fc.oneof(
    known(name),
    fc.nat(1e9).map((n) => `person-${n}@example.com`),
  );
}

function isNumber({ type }: Schema): boolean {
  return type === 'integer' || type === 'number';
}

function text({ format, pattern, example, minLength = 1, maxLength = 100 }: Schema): Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid();
  // fast-check makes no text of a pattern that looks ahead.
  if (pattern) return pattern.includes('(?!') ? fc.constant(example) : fc.stringMatching(new RegExp(pattern));
  if (format === 'date-time') return fc.date(SOON).map((date) => date.toISOString());
  const any = fc.string({
    unit: 'grapheme',
    minLength,
    maxLength: Math.max(minLength, Math.min(maxLength, 100)),
  });
  return example === undefined ? any : fc.oneof(fc.constant(example), any);
}

function validObject(document: OpenApiDocument, schema: Schema): Arbitrary<unknown> {
  if (!schema.properties)
    return fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 });
  const members = Object.entries(schema.properties).map(
    ([name, property]) => [name, valid(document, property, name)] as const,
  );
  return fc.record(Object.fromEntries(members), { requiredKeys: schema.required ?? [] });
}

const UNKNOWN_FIELDS = [
  'isAdmin',
  'role',
  'accountId',
  'userId',
  'constructor',
  'prototype',
  'id',
  '$where',
  '',
];

/** A valid body with something done to it: a member missing, strange, or of nobody's. */
export function broken(document: OpenApiDocument, schema: Schema): Arbitrary<unknown> {
  const names = ['x', ...Object.keys(resolved(document, schema).properties ?? {})];
  const member = fc.constantFrom(...names);
  return fc.oneof(
    fc
      .tuple(valid(document, schema), member, strangeValue)
      .map(([body, name, value]) => ({ ...(body as object), [name]: value })),
    fc.tuple(valid(document, schema), member).map(([body, name]) => {
      const { [name]: _, ...rest } = body as Record<string, unknown>;
      return rest;
    }),
    fc
      .tuple(valid(document, schema), fc.constantFrom(...UNKNOWN_FIELDS), strangeValue)
      .map(([body, name, value]) => ({ ...(body as object), [name]: value })),
    strangeValue,
  );
}
