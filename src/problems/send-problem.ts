import type { Language } from './sentence.js';
import type { Problem } from './problem.js';

/** What Fastify's reply and Express's response have in common. */
interface AnyReply {
  status(code: number): { send(body: string): unknown };
  header(name: string, value: string): unknown;
}

export function sendProblem(reply: AnyReply, problem: Problem, language: Language): void {
  // Set before anything else: Express's `send` keeps a content type that is there, Fastify's refuses to guess.
  reply.header('content-type', 'application/problem+json; charset=utf-8');
  reply.header('content-language', language);
  reply.header('cache-control', 'no-store');
  if (problem.facts.retryAfterSeconds !== undefined) {
    reply.header('retry-after', String(Math.max(1, Math.ceil(problem.facts.retryAfterSeconds))));
  }
  if (problem.getStatus() === 401) reply.header('www-authenticate', 'Bearer');
  reply.status(problem.getStatus()).send(JSON.stringify(problem.body(language)));
}
