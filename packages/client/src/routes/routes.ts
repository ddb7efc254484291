import type { paths } from '../generated/api.js';

type Paths = paths;
type Method = 'get' | 'put' | 'post' | 'delete' | 'patch';

/** Every route of the service: `POST /quota/consume`. */
export type Route = {
  [Path in keyof Paths & string]: {
    [M in Method]: M extends keyof Paths[Path]
      ? Paths[Path][M] extends object
        ? `${Uppercase<M>} ${Path}`
        : never
      : never;
  }[Method];
}[keyof Paths & string];

type OperationOf<R extends Route> = R extends `${infer M} ${infer Path extends keyof Paths & string}`
  ? Paths[Path][Lowercase<M> & keyof Paths[Path]]
  : never;

type ParametersOf<R extends Route, Place extends string> =
  OperationOf<R> extends { parameters: infer P } ? (Place extends keyof P ? P[Place] : never) : never;

/** What stands in the braces of the path: `{ orderId }`. */
export type PathOf<R extends Route> = [ParametersOf<R, 'path'>] extends [never]
  ? undefined
  : NonNullable<ParametersOf<R, 'path'>>;

export type QueryOf<R extends Route> = NonNullable<ParametersOf<R, 'query'>>;

export type BodyOf<R extends Route> =
  OperationOf<R> extends { requestBody?: infer B }
    ? NonNullable<B> extends { content: { 'application/json': infer J } }
      ? J
      : never
    : never;

type Content<Response> = Response extends { content: infer C }
  ? C extends { 'application/json': infer J }
    ? J
    : C extends Record<string, unknown>
      ? C[keyof C]
      : undefined
  : undefined;

/** The body of a successful answer. */
export type AnswerOf<R extends Route> =
  OperationOf<R> extends { responses: infer Rs }
    ? { [Status in keyof Rs & (200 | 201 | 202 | 204)]: Content<Rs[Status]> }[keyof Rs &
        (200 | 201 | 202 | 204)]
    : never;

/** An item of a list. */
export type ItemOf<R extends Route> = AnswerOf<R> extends { items: (infer T)[] } ? T : never;
