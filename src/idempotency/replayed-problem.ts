import { Problem, type ProblemBody } from '../problems/problem.js';

/** A refusal that was given before: the very same body again, whatever the language asked for now. */
export class ReplayedProblem extends Problem {
  constructor(private readonly kept: ProblemBody) {
    super(kept.code);
  }

  override body(): ProblemBody {
    return this.kept;
  }
}
