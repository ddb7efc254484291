import { HttpException } from '@nestjs/common';
import { CATALOGUE, sentence, type Params, type ProblemCode } from './catalogue.js';
import type { Language, Sentence } from './sentence.js';
import { thing, type Thing } from './things.js';

export interface FieldError {
  /** Where in the input, as a dotted path: `password`, `items.0.name`. */
  field: string;
  message: Sentence;
}

export interface ProblemOptions {
  /** Values for the `{names}` in the detail sentence; `what` is the thing that isn't there. */
  params?: Params & { readonly what?: Thing | Sentence };
  errors?: readonly FieldError[];
  /** Members added to the body beside the standard ones, e.g. `quota`. */
  extensions?: Readonly<Record<string, unknown>>;
  /** For Retry-After, whole seconds. */
  retryAfterSeconds?: number;
}

/** The body of an error answer: RFC 9457, with a code of the closed list. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  errors?: readonly { field: string; message: string }[];
  [extension: string]: unknown;
}

/**
 * The one exception for what a caller did wrong or has to know. It is an HttpException, so that a host which
 * doesn't install {@link ProblemFilter} still answers with the right status and a readable (English) body.
 */
export class Problem extends HttpException {
  constructor(
    readonly code: ProblemCode,
    readonly facts: ProblemOptions = {},
  ) {
    super(problemBody(code, 'en', facts), CATALOGUE[code].status);
  }

  body(language: Language): ProblemBody {
    return problemBody(this.code, language, this.facts);
  }
}

function problemBody(code: ProblemCode, language: Language, options: ProblemOptions): ProblemBody {
  const { params = {}, errors, extensions } = options;
  const named = params.what === undefined ? params : { ...params, what: thing(params.what) };
  return {
    type: 'about:blank',
    title: sentence(code, 'title', language),
    status: CATALOGUE[code].status,
    detail: sentence(code, 'detail', language, named),
    code,
    ...(errors && { errors: errors.map(({ field, message }) => ({ field, message: message[language] })) }),
    ...extensions,
  };
}
