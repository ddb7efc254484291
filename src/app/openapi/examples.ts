import { isReference, operationsOf } from './openapi-types.js';
import type {
  OpenAPIObject,
  Reference,
  Response,
  Schema,
  SchemaOrReference,
  Schemas,
} from './openapi-types.js';

/** Of a format that no DTO has to give an example for. */
const BY_FORMAT: Partial<Record<string, string>> = {
  'date-time': '2026-11-24T08:00:00.000Z',
  date: '2026-11-24',
  uuid: '019f1f0e-5a3c-7cc1-9f0a-3c0a8a5f2b11',
  uri: 'https://www.example.com/',
};

/** Gives each JSON body a whole example, composed of the examples of its fields. Bodies of one schema share theirs. */
export function addExamples(document: OpenAPIObject): void {
  const schemas = document.components?.schemas ?? {};
  const shared: Record<string, { value: unknown }> = {};
  for (const { requestBody, responses } of operationsOf(document)) {
    const bodies = [requestBody, ...Object.values(responses)];
    for (const body of bodies) {
      if (!body || isReference(body)) continue;
      const media = (body as Response).content?.['application/json'];
      if (!media?.schema || media.example !== undefined || media.examples) continue;
      if (isReference(media.schema)) {
        const name = nameOf(media.schema);
        shared[name] ??= { value: exampleOf(media.schema, schemas) };
        media.examples = { whole: { $ref: `#/components/examples/${name}` } };
      } else {
        media.example = exampleOf(media.schema, schemas);
      }
    }
  }
  document.components = { ...document.components, examples: shared };
}

function nameOf({ $ref }: Reference): string {
  return $ref.split('/').at(-1)!;
}

function exampleOf(schema: SchemaOrReference, schemas: Schemas): unknown {
  if (isReference(schema)) return exampleOf(schemas[nameOf(schema)] ?? {}, schemas);
  if (schema.example !== undefined) return schema.example;
  if (schema.default !== undefined) return schema.default;
  if (schema.enum) return schema.enum[0];
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => exampleOf(part, schemas)));
  if (schema.type === 'array') return schema.items ? [exampleOf(schema.items, schemas)] : [];
  if (schema.properties) return exampleOfObject(schema.properties, schemas);
  return BY_FORMAT[schema.format ?? ''] ?? exampleOfType(schema);
}

function exampleOfObject(properties: NonNullable<Schema['properties']>, schemas: Schemas): object {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, exampleOf(property, schemas)]),
  );
}

function exampleOfType({ type, nullable }: Schema): unknown {
  if (nullable) return null;
  if (type === 'boolean') return false;
  if (type === 'integer') return 1;
  return type === 'object' ? {} : 'text';
}
