import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { languageOf } from './language.js';
import { Problem } from './problem.js';
import { sendProblem } from './send-problem.js';

/** Answers a {@link Problem} as application/problem+json, on Fastify and on Express. */
@Catch(Problem)
export class ProblemFilter implements ExceptionFilter<Problem> {
  catch(problem: Problem, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(http.getResponse(), problem, languageOf(http.getRequest()));
  }
}
