/** The parts of an OpenAPI 3.0 document that the generator reads. https://spec.openapis.org/oas/v3.0.3 */
export interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: unknown[];
  nullable?: boolean;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minItems?: number;
  example?: unknown;
}

interface Content {
  content?: Record<string, { schema?: Schema }>;
}

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required?: boolean;
  schema?: Schema;
}

/** Something of its own, or a reference to what several routes share. */
type Shared<Part> = Part | { $ref: string };

interface Operation {
  parameters?: Shared<Parameter>[];
  requestBody?: Content;
  responses: Record<string, Shared<Content>>;
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    parameters?: Record<string, Parameter>;
    responses?: Record<string, Content>;
  };
}

export interface Route {
  /** `POST /payments/{orderId}/close` */
  name: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body: Schema | null;
  /** By status, then by media type. */
  answers: Record<string, Record<string, Schema | undefined>>;
}

const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch']);

export function routesOf(document: OpenApiDocument): Route[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method]) => METHODS.has(method))
      .map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        parameters: (operation.parameters ?? []).map((part) => shared(part, document.components.parameters)),
        body: operation.requestBody?.content?.['application/json']?.schema ?? null,
        answers: Object.fromEntries(
          Object.entries(operation.responses).map(([status, answer]) => [
            status,
            Object.fromEntries(
              Object.entries(shared(answer, document.components.responses).content ?? {}).map(
                ([type, { schema }]) => [type, schema],
              ),
            ),
          ]),
        ),
      })),
  );
}

function shared<Part extends object>(part: Shared<Part>, parts: Record<string, Part> = {}): Part {
  return '$ref' in part ? parts[part.$ref.split('/').at(-1)!]! : part;
}

/** Follows `$ref` and joins `allOf`. */
export function resolved(document: OpenApiDocument, schema: Schema): Schema {
  if (schema.$ref)
    return resolved(document, document.components.schemas[schema.$ref.split('/').at(-1)!] ?? {});
  if (!schema.allOf) return schema;
  const parts = [...schema.allOf.map((part) => resolved(document, part)), { ...schema, allOf: [] }];
  return {
    ...Object.assign({}, ...parts),
    allOf: undefined,
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required }) => required ?? []),
  };
}
