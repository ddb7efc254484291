import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { CATALOGUE, type ProblemCode } from '../../src/problems/catalogue.js';
import type { OpenApiDocument, Route, Schema } from './document.js';

export interface Received {
  status: number;
  contentType: string;
  text: string;
}

/** What any route may answer, whether it documents it or not. */
const ALWAYS_ALLOWED = new Set([400, 401, 404, 405, 413, 415]);

/** There a payment channel speaks or is spoken to, in its own forms. */
const FOREIGN = /^\/(sandbox|webhooks)\//;

/** Node's parser refuses an overlong request line or head before the application sees a request. */
const HEAD_TOO_LARGE = 431;

/** Says what is wrong with an answer; one that is right has no faults. */
export class AnswerCheck {
  private readonly ajv = new Ajv({ strict: false, allErrors: false, validateFormats: true });
  private readonly validators = new Map<Schema, ValidateFunction>();

  constructor(private readonly document: OpenApiDocument) {
    (formats as unknown as { default(ajv: Ajv): void }).default(this.ajv);
  }

  /** @param documented false where the request used a method that the route doesn't have */
  faultOf(route: Route, { status, contentType, text }: Received, documented: boolean): string | null {
    if (status >= 500) return `${status}: ${text.slice(0, 200)}`;
    const type = contentType.split(';')[0]!.trim();
    if (FOREIGN.test(route.path) || status === HEAD_TOO_LARGE) return null;
    if (status >= 400) return this.faultOfProblem(route, status, type, text, documented);
    if (!documented) return null;
    const answer = route.answers[status];
    if (!answer) return `${status} is not documented`;
    const types = Object.keys(answer);
    if (types.length === 0) return text === '' ? null : `${status} has a body, documented is none`;
    if (!types.includes(type)) return `${status} as ${type}, documented is ${types.join(', ')}`;
    return type === 'application/json' ? this.mismatch(answer[type], text) : null;
  }

  private faultOfProblem(
    route: Route,
    status: number,
    type: string,
    text: string,
    documented: boolean,
  ): string | null {
    if (text === '' && !documented) return null;
    if (type !== 'application/problem+json')
      return `${status} as ${type || 'nothing'}: ${text.slice(0, 100)}`;
    const problem = JSON.parse(text) as { code: ProblemCode; status: number };
    if (!Object.hasOwn(CATALOGUE, problem.code)) return `the code ${problem.code} is not listed`;
    if (problem.status !== status || CATALOGUE[problem.code].status !== status) {
      return `${problem.code} with the status ${status}`;
    }
    const schema = route.answers[status]?.['application/problem+json'];
    if (!schema && documented && !ALWAYS_ALLOWED.has(status))
      return `${status} ${problem.code} is not documented`;
    return this.mismatch(this.document.components.schemas['Problem'], text);
  }

  private mismatch(schema: Schema | undefined, text: string): string | null {
    if (!schema) return null;
    let validate = this.validators.get(schema);
    if (!validate) {
      validate = this.ajv.compile(this.asJsonSchema(schema, 0) as object);
      this.validators.set(schema, validate);
    }
    if (validate(JSON.parse(text))) return null;
    return `doesn't match its schema: ${this.ajv.errorsText(validate.errors)} ${text.slice(0, 200)}`;
  }

  /** OpenAPI 3.0 as JSON Schema: `nullable` spelled out, references followed, fields that nobody documented refused. */
  private asJsonSchema(schema: Schema, depth: number): unknown {
    if (depth > 20) return true;
    const { nullable, ...rest } = schema;
    if (nullable) return { anyOf: [{ type: 'null' }, this.asJsonSchema(rest, depth + 1)] };
    if (rest.$ref) {
      return this.asJsonSchema(
        this.document.components.schemas[rest.$ref.split('/').at(-1)!] ?? {},
        depth + 1,
      );
    }
    const every = (parts: Schema[] | undefined) => parts?.map((part) => this.asJsonSchema(part, depth + 1));
    const properties =
      rest.properties &&
      Object.fromEntries(
        Object.entries(rest.properties).map(([name, property]) => [
          name,
          this.asJsonSchema(property, depth + 1),
        ]),
      );
    const isProblem = schema === this.document.components.schemas['Problem'];
    const combined = rest.allOf ?? rest.oneOf ?? rest.anyOf;
    return {
      ...rest,
      ...(properties ? { properties } : {}),
      ...(properties && !combined && !isProblem && rest.additionalProperties === undefined
        ? { additionalProperties: false }
        : {}),
      ...(rest.items ? { items: this.asJsonSchema(rest.items, depth + 1) } : {}),
      ...(rest.allOf ? { allOf: every(rest.allOf) } : {}),
      ...(rest.oneOf ? { oneOf: every(rest.oneOf) } : {}),
      ...(rest.anyOf ? { anyOf: every(rest.anyOf) } : {}),
    };
  }
}
