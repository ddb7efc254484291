import { ApiExtraModels, ApiResponse } from '@nestjs/swagger';
import { CATALOGUE, type ProblemCode } from './catalogue.js';
import { ProblemDto } from './problem-answer.dto.js';
import { problemContent, problemResponse } from './problem-response.js';

const DOCUMENTED = Symbol('documented problems');

/**
 * Documents the errors that a handler answers with. Several of these on one handler add up, also where two of them
 * know of answers with the same status.
 */
export function ApiProblem(...codes: readonly ProblemCode[]): MethodDecorator {
  return (target, key, descriptor) => {
    const handler = descriptor.value as object;
    const known = (Reflect.getMetadata(DOCUMENTED, handler) as ProblemCode[] | undefined) ?? [];
    const fresh = [...new Set(codes)].filter((code) => !known.includes(code));
    const all = [...known, ...fresh];
    Reflect.defineMetadata(DOCUMENTED, all, handler);
    ApiExtraModels(ProblemDto)(target, key, descriptor);
    for (const status of new Set(fresh.map(statusOf))) {
      const ofStatus = (code: ProblemCode) => statusOf(code) === status;
      // Swagger joins this description to the one that is there; the content replaces it.
      const response = {
        ...problemResponse(fresh.filter(ofStatus)),
        content: problemContent(all.filter(ofStatus)),
      };
      ApiResponse(response)(target, key, descriptor);
    }
  };
}

function statusOf(code: ProblemCode): number {
  return CATALOGUE[code].status;
}
