import { STATUS_CODES } from 'node:http';
import { problemResponse } from '../../problems/problem-response.js';
import { CATALOGUE, type ProblemCode } from '../../problems/catalogue.js';
import { isReference, operationsOf } from './openapi-types.js';
import type { OpenAPIObject, Operation, Response, Schema, SchemaOrReference } from './openapi-types.js';

const TIME = /(^at|At|^currentPeriodStart|^currentPeriodEnd|^from|^to)$/;
const ID = /(^id|Id)$/;
/** A channel's order number, a host's names for what it processed and for its customers, a WeChat user, whatever an audit entry is about. */
const FOREIGN_IDS = new Set(['orderId', 'resourceId', 'openId', 'subjectId', 'externalId']);

const COMMON_PROBLEMS = [
  'INTERNAL_ERROR',
  'SERVICE_UNAVAILABLE',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'TOO_MANY_ATTEMPTS',
] as const satisfies ProblemCode[];

const WRITES = ['post', 'put', 'patch', 'delete'] as const;

/** What holds for the whole API, so that no DTO has to repeat it and none can forget it. */
export function applyConventions(document: OpenAPIObject): void {
  for (const schema of Object.values(document.components?.schemas ?? {})) {
    for (const [name, property] of Object.entries(propertiesOf(schema))) refine(name, property);
  }
  document.components = { ...document.components, responses: commonResponses() };
  for (const path of Object.values(document.paths)) {
    for (const method of WRITES) if (path[method]) addWriteLimit(path[method]);
  }
  for (const operation of operationsOf(document)) {
    for (const parameter of operation.parameters ?? []) {
      if ('name' in parameter && parameter.schema) refine(parameter.name, parameter.schema);
    }
    addCommonProblems(operation);
    for (const [status, response] of Object.entries(operation.responses)) {
      if (response && !isReference(response)) describeResponse(status, response);
    }
  }
}

function propertiesOf(schema: SchemaOrReference): Record<string, SchemaOrReference> {
  return isReference(schema) ? {} : (schema.properties ?? {});
}

/** No number here has a fraction (money is a string), every time is RFC 3339, every id of ours is a UUID. */
function refine(name: string, property: SchemaOrReference): void {
  if (isReference(property)) return;
  if (property.type === 'number') property.type = 'integer';
  // The compiler lists a union in the order in which it met its members, which differs from build to build.
  property.enum?.sort();
  if (property.type !== 'string' || property.format || property.pattern || property.enum) return;
  if (TIME.test(name)) property.format = 'date-time';
  else if (ID.test(name) && !FOREIGN_IDS.has(name)) property.format = 'uuid';
}

/** What the framework answers before a handler is reached, and what nobody plans. */
function addCommonProblems(operation: Operation): void {
  const codes: (typeof COMMON_PROBLEMS)[number][] = ['INTERNAL_ERROR'];
  // A lost database; what operators ask about the process itself goes on without it.
  if (!operation.tags?.includes('operations')) codes.push('SERVICE_UNAVAILABLE');
  if (operation.requestBody) codes.push('PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE');
  for (const code of codes) {
    operation.responses[CATALOGUE[code].status] ??= { $ref: `#/components/responses/${code}` };
  }
}

/** Each account's requests that change something are limited, see WRITES_PER_MINUTE. */
function addWriteLimit({ responses }: Operation): void {
  if (responses[401]) responses[429] ??= { $ref: '#/components/responses/TOO_MANY_ATTEMPTS' };
}

function commonResponses(): Record<string, Response> {
  const entries = COMMON_PROBLEMS.map((code) => {
    const { description, content } = problemResponse([code]);
    const response = { description, content } as Response;
    describeResponse(String(CATALOGUE[code].status), response);
    return [code, response];
  });
  return Object.fromEntries(entries) as Record<string, Response>;
}

const text = (description: string, schema: Schema) => ({ description, schema });

const HEADERS: Partial<Record<string, Response['headers']>> = {
  401: {
    'WWW-Authenticate': text('The scheme to authenticate with.', { type: 'string', example: 'Bearer' }),
  },
  429: { 'Retry-After': text('When to try again, in seconds.', { type: 'integer', example: 60 }) },
};

function describeResponse(status: string, response: Response): void {
  response.description ||= STATUS_CODES[status] ?? 'The answer';
  const headers = HEADERS[status];
  if (headers) response.headers = { ...headers, ...response.headers };
}
